//! What a form sends.
//!
//! Owns: names and values as a browser writes them. Refuses to know: what they mean; the API reads and judges them.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use web::Problem;

/// More fields than any form here has, but for the rows that somebody ticks.
const MOST_FIELDS: usize = 4_000;

/// Fields in the order in which they were sent.
#[derive(Clone, Default, Debug)]
pub(crate) struct Form(Vec<(String, String)>);

impl Form {
    pub(crate) fn read(body: &[u8]) -> Form {
        Form(form_urlencoded::parse(body).into_owned().take(MOST_FIELDS).collect())
    }

    pub(crate) fn of(fields: Vec<(String, String)>) -> Form {
        Form(fields)
    }

    /// Without blanks around it; empty where it was left out.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.trim())
    }

    /// As it was typed: for passwords, and texts whose blanks count.
    pub(crate) fn raw(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }

    /// `None`: empty, or left out.
    pub(crate) fn given(&self, name: &str) -> Option<&str> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.trim())
    }

    pub(crate) fn is_ticked(&self, name: &str) -> bool {
        self.given(name).is_some()
    }

    pub(crate) fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.trim()))
    }

    /// The same as it was typed.
    pub(crate) fn fields_raw(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// # Errors
    /// It is no whole number, told at its field.
    pub(crate) fn whole(&self, name: &str) -> Result<i64, Problem> {
        let text = self.text(name);
        let say = "is not a whole number; write digits alone";
        text.parse().map_err(|_| Problem::invalid(&format!("/{name}"), say))
    }
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Form, Problem> {
        // The guard has read the body already, up to its limit.
        let body = Bytes::from_request(request, state).await;
        let refused = |_| {
            Problem::new(StatusCode::BAD_REQUEST, "bad_form", "the form did not arrive whole; send it again")
        };
        body.map(|body| Form::read(&body)).map_err(refused)
    }
}

#[cfg(test)]
mod tests {
    use super::Form;

    #[test]
    fn fields_are_read_as_a_browser_writes_them() {
        let form = Form::read("reason=too+busy%21&id=a&id=b&note=%20x%20&hold=on&units=12&n=1.5".as_bytes());
        assert_eq!(form.text("reason"), "too busy!");
        assert_eq!(form.all("id").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!((form.text("note"), form.raw("note")), ("x", " x "));
        assert!(form.is_ticked("hold") && !form.is_ticked("other"));
        assert_eq!(form.whole("units"), Ok(12));
        assert_eq!(form.whole("n").unwrap_err().errors[0].at, "/n");
    }
}
