//! A backup on its way out, a part at a time.
//!
//! Owns: that it is never in memory as a whole, that few are sent at once, and that what belongs together comes together.

use crate::answer::Answer;
use crate::exports::Told;
use crate::problem::Problem;
use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use flow::backups::{Form, Kept};
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::backup::manifest_of;
use tokio::sync::mpsc::{self, Sender};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Each has a thread until whoever reads it has it all.
const MOST_AT_ONCE: usize = 4;
/// Bytes that are read and sent at once.
const PART: usize = 1 << 18;
/// A ZIP of larger files is of a younger kind, which not every program unpacks.
const PLAIN_ZIP: u64 = 0xF000_0000;
/// Parts that wait for a slow reader.
const PARTS_AHEAD: usize = 4;

/// Backups that are being sent.
pub(crate) struct Downloads(Arc<Semaphore>);

impl Default for Downloads {
    fn default() -> Downloads {
        Downloads(Arc::new(Semaphore::new(MOST_AT_ONCE)))
    }
}

impl Downloads {
    pub(super) fn room(&self) -> Answer<OwnedSemaphorePermit> {
        Arc::clone(&self.0).try_acquire_owned().map_err(|_| {
            let detail = "four backups are being sent already; wait until one of them has arrived";
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, "busy", detail).retry_after(30)
        })
    }
}

/// The headers alone.
pub(super) fn told_only(kept: &Kept) -> Response {
    dressed(kept, Body::empty())
}

/// The backup in this file.
pub(super) fn sent(file: PathBuf, kept: &Kept, room: OwnedSemaphorePermit) -> Response {
    let (parts, told) = mpsc::channel(PARTS_AHEAD);
    let form = kept.form;
    tokio::task::spawn_blocking(move || {
        let mut out = Out { parts: parts.clone() };
        let done = match form {
            Form::File => write_zip(&file, &mut out),
            Form::Text => copy(&file, &mut out),
        };
        // The reader sees that it breaks off.
        if let Err(error) = done {
            let _ = parts.blocking_send(Err(error));
        }
        drop(room);
    });
    dressed(kept, Body::new(Told::over(told)))
}

fn dressed(kept: &Kept, body: Body) -> Response {
    let (kind, ending) = match kept.form {
        Form::File => ("application/zip", ".zip"),
        Form::Text => ("application/x-ndjson", ""),
    };
    let mut response = ([(header::CONTENT_TYPE, HeaderValue::from_static(kind))], body).into_response();
    let plain: String = kept.name.chars().filter(|letter| !matches!(letter, '"' | '\\')).collect();
    let disposition = HeaderValue::try_from(format!("attachment; filename=\"{plain}{ending}\""));
    let disposition = disposition.unwrap_or(HeaderValue::from_static("attachment"));
    response.headers_mut().insert(header::CONTENT_DISPOSITION, disposition);
    response
}

/// The file and its manifest. Books are packed as they are: they are of pages that shrink little, and nobody waits for it.
fn write_zip(file: &Path, out: &mut Out) -> io::Result<()> {
    let mut zip = ZipWriter::new_stream(out);
    for path in [file.to_owned(), manifest_of(file)] {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let options = options.large_file(std::fs::metadata(&path)?.len() > PLAIN_ZIP);
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        zip.start_file(name, options).map_err(io::Error::other)?;
        copy(&path, &mut zip)?;
    }
    zip.finish().map(drop).map_err(io::Error::other)
}

fn copy(file: &Path, out: &mut impl Write) -> io::Result<()> {
    let mut opened = File::open(file)?;
    let mut part = vec![0; PART];
    loop {
        match opened.read(&mut part)? {
            0 => return Ok(()),
            read => out.write_all(&part[..read])?,
        }
    }
}

/// Where bytes go.
struct Out {
    parts: Sender<io::Result<Bytes>>,
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let part = Ok(Bytes::copy_from_slice(bytes));
        self.parts.blocking_send(part).map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
