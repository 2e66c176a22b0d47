//! A form with a file in it.
//!
//! Owns: fields and the file, as a browser sends both. Refuses to know: what the file is; the API reads and judges it.

use crate::form::Form;
use axum::body::Bytes;
use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};
use web::Problem;

/// More parts than any form with a file has.
const MOST_PARTS: usize = 50;
/// What stands around a file and between the fields of a form.
pub(crate) const AROUND_A_FILE: usize = 1 << 20;

/// A form that may have a file; without one it is a form as any other.
#[derive(Debug)]
pub(crate) struct Upload {
    pub(crate) form: Form,
    /// `None`: no file was chosen.
    pub(crate) file: Option<File>,
}

#[derive(Debug)]
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) bytes: Bytes,
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Upload, Problem> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        if !kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
            return Ok(Upload { form: Form::from_request(request, state).await?, file: None });
        }
        // The guard has read the body already, up to its limit.
        let parts = Multipart::from_request(request, state).await.map_err(|_| broken())?;
        read(parts).await.map_err(|_| broken())
    }
}

async fn read(mut parts: Multipart) -> Result<Upload, MultipartError> {
    let (mut fields, mut file) = (Vec::new(), None);
    for _ in 0..MOST_PARTS {
        let Some(part) = parts.next_field().await? else { break };
        let name = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::to_owned) {
            // A field of files in which nothing was chosen comes without a name and empty.
            Some(file_name) => {
                let bytes = part.bytes().await?;
                if !file_name.is_empty() || !bytes.is_empty() {
                    file = file.or(Some(File { name: file_name, bytes }));
                }
            }
            None => fields.push((name, part.text().await?)),
        }
    }
    Ok(Upload { form: Form::of(fields), file })
}

fn broken() -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "bad_form", "the file did not arrive whole; send it again")
}

#[cfg(test)]
mod tests {
    use super::Upload;
    use axum::body::Body;
    use axum::extract::{FromRequest, Request};

    async fn sent(kind: &str, body: &str) -> Upload {
        let request = Request::post("/").header("content-type", kind).body(Body::from(body.to_owned()));
        Upload::from_request(request.unwrap(), &()).await.unwrap()
    }

    #[tokio::test]
    async fn a_file_comes_with_its_name_beside_the_fields() {
        let body = "--x\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\nstock\r\n--x\r\n\
            Content-Disposition: form-data; name=\"file\"; filename=\"a b.csv\"\r\nContent-Type: text/csv\r\n\r\n\
            sku,units\nMUG,1\n\r\n--x--\r\n";
        let upload = sent("multipart/form-data; boundary=x", body).await;
        let file = upload.file.unwrap();
        assert_eq!((&*file.name, &*file.bytes), ("a b.csv", "sku,units\nMUG,1\n".as_bytes()));
        assert_eq!(upload.form.text("kind"), "stock");
    }

    #[tokio::test]
    async fn where_no_file_was_chosen_there_is_none() {
        let body = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n\
            Content-Type: application/octet-stream\r\n\r\n\r\n--x\r\n\
            Content-Disposition: form-data; name=\"pasted\"\r\n\r\nsku\tunits\r\n--x--\r\n";
        let upload = sent("multipart/form-data; boundary=x", body).await;
        assert!(upload.file.is_none());
        assert_eq!(upload.form.text("pasted"), "sku\tunits");
        assert_eq!(sent("application/x-www-form-urlencoded", "kind=stock").await.form.text("kind"), "stock");
    }
}
