//! A file's bytes as UTF-8, whatever they were.
//!
//! Owns: zstd, byte-order marks, UTF-16, and Windows-1252 where the bytes cannot be UTF-8.
//! Refuses to know: rows and cells.

use encoding_rs::{CoderResult, Decoder, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

/// Bytes read at once: large enough that calls do not count, small enough for any machine.
const CHUNK: usize = 256 * 1024;
/// Bytes looked at to tell UTF-16 without a mark from text.
const PROBE: usize = 4_096;
/// Most bytes that are read out of one file, unpacked: 16 GiB. A packed file that is larger is a trap.
pub(crate) const MAX_TEXT_BYTES: u64 = 16 << 30;

/// How the bytes are read.
enum Coding {
    Unknown,
    /// `plain`: nothing but ASCII so far, so that Windows-1252 is still possible.
    Utf8 {
        plain: bool,
    },
    Other(Decoder),
}

/// What went wrong below the rows.
#[derive(Debug)]
pub(crate) enum TextFault {
    Io(io::Error),
    /// Not UTF-8 after a part that was UTF-8 and more than ASCII.
    MixedEncoding {
        byte: u8,
    },
    TooLarge,
}

/// A source of UTF-8 text.
pub(crate) struct TextSource {
    reader: Box<dyn Read + Send>,
    coding: Coding,
    raw: Vec<u8>,
    /// Bytes at the head of `raw` that wait for the rest of their character.
    carried: usize,
    total_read: u64,
    note: Option<&'static str>,
}

/// Counts what is read from the file itself, packed or not.
struct Counted {
    file: File,
    count: Arc<std::sync::atomic::AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.count.fetch_add(read as u64, std::sync::atomic::Ordering::Relaxed);
        Ok(read)
    }
}

/// How far a file has been read, readable while something else reads it.
#[derive(Clone, Default)]
pub(crate) struct Progress {
    read: Arc<std::sync::atomic::AtomicU64>,
    pub(crate) total: u64,
}

impl Progress {
    pub(crate) fn bytes_read(&self) -> u64 {
        self.read.load(std::sync::atomic::Ordering::Relaxed)
    }
}

impl TextSource {
    /// Opens a file; `.zst` is unpacked on the way.
    pub(crate) fn open(path: &Path) -> io::Result<(TextSource, Progress)> {
        let file = File::open(path)?;
        let metadata = file.metadata()?;
        if metadata.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        if !metadata.is_file() {
            return Err(io::Error::other("it is neither a file nor a folder"));
        }
        let progress = Progress { read: Default::default(), total: metadata.len() };
        let counted = Counted { file, count: progress.read.clone() };
        let reader: Box<dyn Read + Send> = if path.extension().is_some_and(|ending| ending == "zst") {
            Box::new(zstd::stream::read::Decoder::new(counted)?)
        } else {
            Box::new(counted)
        };
        Ok((TextSource::new(reader), progress))
    }

    /// Text that is held in memory, as bytes of any coding.
    pub(crate) fn held(bytes: &Arc<[u8]>) -> (TextSource, Progress) {
        let progress = Progress { read: Default::default(), total: bytes.len() as u64 };
        (TextSource::new(Box::new(io::Cursor::new(bytes.clone()))), progress)
    }

    pub(crate) fn new(reader: Box<dyn Read + Send>) -> TextSource {
        TextSource::in_chunks(reader, CHUNK)
    }

    /// Reads `chunk` bytes at a time; at least 8, so that a mark and a character always fit.
    pub(crate) fn in_chunks(reader: Box<dyn Read + Send>, chunk: usize) -> TextSource {
        TextSource {
            reader,
            coding: Coding::Unknown,
            raw: vec![0; chunk.max(8)],
            carried: 0,
            total_read: 0,
            note: None,
        }
    }

    /// How the text had to be read, where it was not UTF-8.
    pub(crate) fn note(&self) -> Option<&'static str> {
        self.note
    }

    /// Appends more text; `false` at the end.
    pub(crate) fn fill(&mut self, text: &mut Vec<u8>) -> Result<bool, TextFault> {
        let read = self.read_chunk()?;
        let is_last = read == 0;
        let mut len = self.carried + read;
        self.carried = 0;
        if matches!(self.coding, Coding::Unknown) {
            let mark = self.detect(len);
            self.raw.copy_within(mark..len, 0);
            len -= mark;
        }
        match &mut self.coding {
            Coding::Other(decoder) => decode(decoder, (&self.raw[..len], is_last), text),
            _ => self.take_utf8(len, is_last, text)?,
        }
        Ok(!is_last)
    }

    fn read_chunk(&mut self) -> Result<usize, TextFault> {
        let mut read = 0;
        while self.carried + read < self.raw.len() {
            match self.reader.read(&mut self.raw[self.carried + read..]) {
                Ok(0) => break,
                Ok(some) => read += some,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(TextFault::Io(error)),
            }
        }
        self.total_read += read as u64;
        if self.total_read > MAX_TEXT_BYTES { Err(TextFault::TooLarge) } else { Ok(read) }
    }

    /// Chooses the coding by the first bytes; the length of the mark they begin with.
    fn detect(&mut self, len: usize) -> usize {
        let head = &self.raw[..len];
        let zeros = |from: usize| {
            let probe = &head[..len.min(PROBE)];
            let count = probe.iter().skip(from).step_by(2).filter(|&&byte| byte == 0).count();
            count * 3 > probe.len() / 2
        };
        let (coding, mark, note) = if head.starts_with(&[0xef, 0xbb, 0xbf]) {
            (Coding::Utf8 { plain: false }, 3, None)
        } else if head.starts_with(&[0xff, 0xfe]) {
            (utf16_le(), 2, Some(NOTE_UTF16))
        } else if head.starts_with(&[0xfe, 0xff]) {
            (utf16_be(), 2, Some(NOTE_UTF16))
        } else if zeros(1) {
            (utf16_le(), 0, Some(NOTE_UTF16))
        } else if zeros(0) {
            (utf16_be(), 0, Some(NOTE_UTF16))
        } else {
            (Coding::Utf8 { plain: true }, 0, None)
        };
        self.coding = coding;
        self.note = note;
        mark
    }

    fn take_utf8(&mut self, len: usize, is_last: bool, text: &mut Vec<u8>) -> Result<(), TextFault> {
        let chunk = &self.raw[..len];
        let (valid, broken) = match std::str::from_utf8(chunk) {
            Ok(_) => (len, None),
            Err(error) if error.error_len().is_none() && !is_last => {
                (error.valid_up_to(), Some(Broken::Later))
            }
            Err(error) => (error.valid_up_to(), Some(Broken::Here)),
        };
        let was_plain = matches!(self.coding, Coding::Utf8 { plain: true });
        let is_plain = was_plain && chunk[..valid].is_ascii();
        match broken {
            Some(Broken::Here) if is_plain => {
                self.note = Some(NOTE_WINDOWS);
                let mut decoder = WINDOWS_1252.new_decoder_without_bom_handling();
                decode(&mut decoder, (chunk, is_last), text);
                self.coding = Coding::Other(decoder);
                return Ok(());
            }
            Some(Broken::Here) => return Err(TextFault::MixedEncoding { byte: chunk[valid] }),
            Some(Broken::Later) | None => {}
        }
        self.coding = Coding::Utf8 { plain: is_plain };
        text.extend_from_slice(&chunk[..valid]);
        self.raw.copy_within(valid..len, 0);
        self.carried = len - valid;
        Ok(())
    }
}

const NOTE_UTF16: &str = "read as UTF-16";
const NOTE_WINDOWS: &str = "is not UTF-8 and was read as Windows-1252; check accented letters";

enum Broken {
    Here,
    /// The chunk ends within a character.
    Later,
}

fn utf16_le() -> Coding {
    Coding::Other(UTF_16LE.new_decoder_without_bom_handling())
}

fn utf16_be() -> Coding {
    Coding::Other(UTF_16BE.new_decoder_without_bom_handling())
}

fn decode(decoder: &mut Decoder, (mut bytes, is_last): (&[u8], bool), text: &mut Vec<u8>) {
    loop {
        let room = decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(CHUNK).max(16);
        let start = text.len();
        text.resize(start + room, 0);
        let (result, read, written, _) = decoder.decode_to_utf8(bytes, &mut text[start..], is_last);
        text.truncate(start + written);
        bytes = &bytes[read..];
        if matches!(result, CoderResult::InputEmpty) {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expect: &str, note: Option<&str>) {
        let mut source = TextSource::new(Box::new(io::Cursor::new(bytes.to_vec())));
        let mut text = Vec::new();
        while source.fill(&mut text).unwrap() {}
        assert_eq!(String::from_utf8(text).unwrap(), expect);
        assert_eq!(source.note(), note);
    }

    fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    }

    #[test]
    fn marks_are_taken_off_and_utf16_is_found_without_one() {
        check(b"\xef\xbb\xbfsku\n", "sku\n", None);
        check(&utf16("\u{feff}sku,n\u{e4}me\n", u16::to_le_bytes), "sku,näme\n", Some(NOTE_UTF16));
        check(&utf16("\u{feff}sku,n\u{e4}me\n", u16::to_be_bytes), "sku,näme\n", Some(NOTE_UTF16));
        check(&utf16("sku,name\n", u16::to_le_bytes), "sku,name\n", Some(NOTE_UTF16));
        check(&utf16("sku,name\n", u16::to_be_bytes), "sku,name\n", Some(NOTE_UTF16));
    }

    #[test]
    fn bytes_that_cannot_be_utf8_are_windows_1252_with_a_note() {
        check(b"caf\xe9 \x80 5\n", "café € 5\n", Some(NOTE_WINDOWS));
        check("café\n".as_bytes(), "café\n", None);
    }

    #[test]
    fn characters_across_chunks_stay_whole() {
        for shift in 0..4 {
            let long = format!("{}{}", "x".repeat(shift), "é€😀".repeat(CHUNK / 4));
            check(long.as_bytes(), &long, None);
        }
        let late = [vec![b'x'; CHUNK + 10], vec![0xe9, b'\n']].concat();
        check(&late, &format!("{}é\n", "x".repeat(CHUNK + 10)), Some(NOTE_WINDOWS));
    }

    #[test]
    fn utf8_that_turns_into_something_else_is_a_fault() {
        let mixed = [("é".repeat(CHUNK)).into_bytes(), vec![0xe9, b'\n']].concat();
        let mut source = TextSource::new(Box::new(io::Cursor::new(mixed)));
        let mut text = Vec::new();
        let fault = loop {
            match source.fill(&mut text) {
                Ok(true) => {}
                Ok(false) => panic!("read to the end"),
                Err(fault) => break fault,
            }
        };
        assert!(matches!(fault, TextFault::MixedEncoding { byte: 0xe9 }));
    }
}
