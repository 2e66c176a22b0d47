//! Delimited text cut into rows and cells (RFC 4180, with any of four delimiters and any line ends).
//!
//! Owns: quotes, line numbers as an editor shows them, the size of a row. One buffer, no memory per row.
//! Refuses to know: headers and what a cell means.
//!
//! Not the `csv` crate: it reads an unclosed quote silently to the end of the file, and its line numbers
//! lag where lines end in CR LF. A test holds the two together on everything else.

use super::text::{TextFault, TextSource};

/// Longest row: longer ones are a quote that never closes, or no table at all.
pub(crate) const MAX_ROW_BYTES: usize = 1 << 20;
/// Most cells in a row: sixteen times the widest export known.
pub(crate) const MAX_CELLS: usize = 4_096;

#[derive(Debug)]
pub(crate) enum RowFault {
    Text(TextFault),
    UnclosedQuote,
    /// Something stands between a closing quote and the next delimiter.
    AfterQuote,
    TooLong,
    TooManyCells,
    Nul,
}

/// Reads rows one after the other.
pub(crate) struct Rows {
    source: TextSource,
    delimiter: u8,
    buffer: Vec<u8>,
    /// Where the next row begins.
    next: usize,
    is_at_end: bool,
    next_line: u64,
    line: u64,
    cells: Vec<Span>,
    /// Position of the first NUL in the buffer.
    nul: Option<usize>,
}

#[derive(Clone, Copy)]
struct Span {
    from: u32,
    to: u32,
    /// Doubled quotes stand inside.
    has_quotes: bool,
}

/// What a scan found.
enum Scanned {
    /// A row that ends before `end`, of so many lines.
    Row { end: usize, lines: u64 },
    /// The row goes on beyond the buffer; `in_quotes` where it stopped.
    More { in_quotes: bool },
}

impl Rows {
    pub(crate) fn new(source: TextSource) -> Rows {
        Rows {
            source,
            delimiter: b',',
            buffer: Vec::new(),
            next: 0,
            is_at_end: false,
            next_line: 1,
            line: 0,
            cells: Vec::new(),
            nul: None,
        }
    }

    pub(crate) fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// Holds from the next row on.
    pub(crate) fn set_delimiter(&mut self, delimiter: u8) {
        self.delimiter = delimiter;
    }

    pub(crate) fn note(&self) -> Option<&'static str> {
        self.source.note()
    }

    /// The line on which the current row begins, from 1.
    pub(crate) fn line(&self) -> u64 {
        self.line
    }

    pub(crate) fn cell_count(&self) -> usize {
        self.cells.len()
    }

    /// A cell of the current row, as it was read; empty where the row is shorter.
    #[inline]
    pub(crate) fn cell(&self, index: usize) -> &[u8] {
        self.cells.get(index).map_or(&[], |span| &self.buffer[span.from as usize..span.to as usize])
    }

    /// The first line that is not blank, without moving on: for choosing a delimiter.
    pub(crate) fn peek_line(&mut self) -> Result<&[u8], RowFault> {
        loop {
            let rest = &self.buffer[self.next..];
            let start = rest.iter().position(|byte| !matches!(byte, b'\r' | b'\n')).unwrap_or(rest.len());
            let line = rest[start..].iter().position(|byte| matches!(byte, b'\r' | b'\n'));
            match line {
                Some(len) => {
                    let from = self.next + start;
                    return Ok(&self.buffer[from..from + len]);
                }
                None if self.is_at_end => return Ok(&self.buffer[self.next + start..]),
                None if rest.len() > MAX_ROW_BYTES => return Err(RowFault::TooLong),
                None => self.fill()?,
            }
        }
    }

    /// Moves to the next row that is not blank; `false` at the end.
    pub(crate) fn advance(&mut self) -> Result<bool, RowFault> {
        loop {
            if !self.skip_line_ends()? {
                return Ok(false);
            }
            self.line = self.next_line;
            let (end, lines) = self.scan_whole()?;
            if self.nul.is_some_and(|at| at < end) {
                return Err(RowFault::Nul);
            }
            self.next = end;
            self.next_line += lines;
            if self.cells.iter().any(|span| span.to > span.from) {
                self.undouble_quotes();
                return Ok(true);
            }
        }
    }

    /// Steps over blank lines; `false` when nothing follows.
    fn skip_line_ends(&mut self) -> Result<bool, RowFault> {
        loop {
            while let Some(&byte) = self.buffer.get(self.next) {
                match byte {
                    b'\n' => self.next_line += 1,
                    b'\r' if self.buffer.get(self.next + 1) == Some(&b'\n') => {}
                    // The pair may be torn apart by the buffer's end: the next fill decides.
                    b'\r' if self.next + 1 == self.buffer.len() && !self.is_at_end => break,
                    b'\r' => self.next_line += 1,
                    _ => return Ok(true),
                }
                self.next += 1;
            }
            if self.is_at_end {
                return Ok(false);
            }
            self.fill()?;
        }
    }

    fn scan_whole(&mut self) -> Result<(usize, u64), RowFault> {
        loop {
            match self.scan()? {
                Scanned::Row { end, lines } if end - self.next <= MAX_ROW_BYTES => return Ok((end, lines)),
                Scanned::Row { .. } => return Err(RowFault::TooLong),
                Scanned::More { in_quotes: true } if self.is_at_end => return Err(RowFault::UnclosedQuote),
                Scanned::More { in_quotes } if self.buffer.len() - self.next > MAX_ROW_BYTES => {
                    return Err(if in_quotes { RowFault::UnclosedQuote } else { RowFault::TooLong });
                }
                Scanned::More { .. } => self.fill()?,
            }
        }
    }

    /// Looks for the end of the row that begins at `next`, noting its cells.
    fn scan(&mut self) -> Result<Scanned, RowFault> {
        self.cells.clear();
        let mut at = self.next;
        loop {
            if self.buffer.get(at) == Some(&b'"') {
                return self.scan_quoted(at);
            }
            let rest = &self.buffer[at..];
            let delimiter = self.delimiter;
            let stop = rest.iter().position(|&byte| byte == delimiter || byte == b'\n' || byte == b'\r');
            match stop.map(|len| (at + len, rest[len])) {
                Some((end, byte)) => {
                    self.push_cell(at, end)?;
                    if byte != delimiter {
                        return Ok(Scanned::Row { end, lines: 0 });
                    }
                    at = end + 1;
                }
                None => return self.end_of_buffer(at, 0),
            }
        }
    }

    /// The same from a cell on that begins with a quote: rarer, and so slower.
    fn scan_quoted(&mut self, mut at: usize) -> Result<Scanned, RowFault> {
        let mut lines = 0;
        loop {
            if self.buffer.get(at) != Some(&b'"') {
                let rest = &self.buffer[at..];
                let stop = rest.iter().position(|&byte| self.ends_cell(byte));
                let Some(len) = stop else { return self.end_of_buffer(at, lines) };
                self.push_cell(at, at + len)?;
                at += len;
            } else {
                let Some((span, after)) = self.quoted_cell(at, &mut lines)? else {
                    return Ok(Scanned::More { in_quotes: true });
                };
                self.push_span(span)?;
                at = after;
            }
            match self.buffer.get(at) {
                Some(&byte) if byte == self.delimiter => at += 1,
                Some(_) => return Ok(Scanned::Row { end: at, lines }),
                None if self.is_at_end => return Ok(Scanned::Row { end: at, lines }),
                None => return Ok(Scanned::More { in_quotes: false }),
            }
        }
    }

    /// A cell whose opening quote stands at `at`, and where its delimiter is. `None`: not closed yet.
    fn quoted_cell(&self, at: usize, lines: &mut u64) -> Result<Option<(Span, usize)>, RowFault> {
        let mut has_quotes = false;
        let mut i = at + 1;
        loop {
            match self.buffer.get(i) {
                None => return Ok(None),
                Some(b'"') if self.buffer.get(i + 1) == Some(&b'"') => {
                    has_quotes = true;
                    i += 2;
                }
                // It may be the first of two quotes: only what follows tells.
                Some(b'"') if i + 1 == self.buffer.len() && !self.is_at_end => return Ok(None),
                Some(b'"') => break,
                Some(b'\n') => {
                    *lines += 1;
                    i += 1;
                }
                Some(b'\r') => {
                    *lines += u64::from(self.buffer.get(i + 1) != Some(&b'\n'));
                    i += 1;
                }
                Some(_) => i += 1,
            }
        }
        let span = Span { from: (at + 1) as u32, to: i as u32, has_quotes };
        let blank = self.buffer[i + 1..].iter().take_while(|&&byte| byte == b' ').count();
        let after = i + 1 + blank;
        match self.buffer.get(after) {
            Some(&byte) if !self.ends_cell(byte) => Err(RowFault::AfterQuote),
            _ => Ok(Some((span, after))),
        }
    }

    fn ends_cell(&self, byte: u8) -> bool {
        byte == self.delimiter || byte == b'\n' || byte == b'\r'
    }

    fn end_of_buffer(&mut self, at: usize, lines: u64) -> Result<Scanned, RowFault> {
        if !self.is_at_end {
            return Ok(Scanned::More { in_quotes: false });
        }
        let end = self.buffer.len();
        self.push_cell(at, end)?;
        Ok(Scanned::Row { end, lines })
    }

    #[inline]
    fn push_cell(&mut self, from: usize, to: usize) -> Result<(), RowFault> {
        self.push_span(Span { from: from as u32, to: to as u32, has_quotes: false })
    }

    #[inline]
    fn push_span(&mut self, span: Span) -> Result<(), RowFault> {
        if self.cells.len() >= MAX_CELLS {
            return Err(RowFault::TooManyCells);
        }
        self.cells.push(span);
        Ok(())
    }

    /// Makes `""` one quote, in place.
    fn undouble_quotes(&mut self) {
        for span in self.cells.iter_mut().filter(|span| span.has_quotes) {
            let mut write = span.from as usize;
            let mut read = write;
            while read < span.to as usize {
                let byte = self.buffer[read];
                self.buffer[write] = byte;
                read += if byte == b'"' { 2 } else { 1 };
                write += 1;
            }
            span.to = write as u32;
        }
    }

    /// Drops what was read and appends more.
    fn fill(&mut self) -> Result<(), RowFault> {
        self.buffer.drain(..self.next);
        self.next = 0;
        let old = self.buffer.len();
        self.is_at_end = !self.source.fill(&mut self.buffer).map_err(RowFault::Text)?;
        // A row with a NUL ends the reading, so an older one cannot lie behind us.
        if self.nul.is_none() {
            self.nul = self.buffer[old..].iter().position(|&byte| byte == 0).map(|at| old + at);
        } else {
            self.nul = self.buffer.iter().position(|&byte| byte == 0);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn rows_of(text: &[u8], chunk: usize) -> Rows {
        Rows::new(TextSource::in_chunks(Box::new(Cursor::new(text.to_vec())), chunk))
    }

    /// Small chunks, so that every border falls everywhere.
    fn check(text: &str, expect: &[(u64, &[&str])]) {
        for chunk in 8..24 {
            check_in_chunks(text, expect, chunk);
        }
    }

    fn check_in_chunks(text: &str, expect: &[(u64, &[&str])], chunk: usize) {
        let mut rows = rows_of(text.as_bytes(), chunk);
        let mut found: Vec<(u64, Vec<String>)> = Vec::new();
        while rows.advance().unwrap() {
            let cells = (0..rows.cell_count()).map(|i| String::from_utf8(rows.cell(i).to_vec()).unwrap());
            found.push((rows.line(), cells.collect()));
        }
        let expect: Vec<(u64, Vec<String>)> = expect
            .iter()
            .map(|(line, cells)| (*line, cells.iter().map(|c| c.to_string()).collect()))
            .collect();
        assert_eq!(found, expect, "{text:?}");
    }

    #[test]
    fn rows_know_their_line_whatever_ends_it() {
        check("a,b\n1,2\n", &[(1, &["a", "b"]), (2, &["1", "2"])]);
        check("a,b\r\n1,2\r\n\r\n3,4", &[(1, &["a", "b"]), (2, &["1", "2"]), (4, &["3", "4"])]);
        check("a,b\r1,2\r3,", &[(1, &["a", "b"]), (2, &["1", "2"]), (3, &["3", ""])]);
        check("\n\na\r\nb\rc\n", &[(3, &["a"]), (4, &["b"]), (5, &["c"])]);
        check("", &[]);
        check("\r\n\r\n", &[]);
    }

    #[test]
    fn quotes_hold_delimiters_line_ends_and_quotes() {
        check(
            "a,\"x,\n\"\"y\"\"\r\nz\",b\nc,d,e\n",
            &[(1, &["a", "x,\n\"y\"\r\nz", "b"]), (4, &["c", "d", "e"])],
        );
        check("\"\",\"a\" ,b\"c\n", &[(1, &["", "a", "b\"c"])]);
        check("a,\"b\"", &[(1, &["a", "b"])]);
    }

    #[test]
    fn rows_of_empty_cells_are_blank_lines() {
        check("a,b\n,\n\"\",\n1,2\n", &[(1, &["a", "b"]), (4, &["1", "2"])]);
    }

    #[test]
    fn broken_rows_are_refused_where_they_begin() {
        let fault_at = |text: &[u8]| {
            let mut rows = rows_of(text, 64 * 1024);
            loop {
                match rows.advance() {
                    Ok(true) => {}
                    Ok(false) => panic!("read to the end"),
                    Err(fault) => return (rows.line(), format!("{fault:?}")),
                }
            }
        };
        assert_eq!(fault_at(b"a,b\n1,\"2\n3,4\n"), (2, "UnclosedQuote".into()));
        assert_eq!(fault_at(b"a,b\n1,\"2\"x\n"), (2, "AfterQuote".into()));
        assert_eq!(fault_at(b"a,b\n1,2\n3,\x004\n"), (3, "Nul".into()));
        let long = [b"a\n".to_vec(), vec![b'x'; MAX_ROW_BYTES + 2]].concat();
        assert_eq!(fault_at(&long), (2, "TooLong".into()));
        assert_eq!(fault_at(&[b','; MAX_CELLS + 1]), (1, "TooManyCells".into()));
    }

    #[test]
    fn the_csv_crate_reads_the_same_cells() {
        let alphabet = [b"a".as_slice(), b",", b"\n", b"\"\"", b"\"x,\ny\"", b"1", b"\r\n", b","];
        let mut state = 7u64;
        for _ in 0..2_000 {
            let mut text = Vec::new();
            for _ in 0..12 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                text.extend_from_slice(alphabet[(state >> 33) as usize % alphabet.len()]);
            }
            compare(&text);
        }
    }

    fn compare(text: &[u8]) {
        let mut ours = Vec::new();
        let mut rows = rows_of(text, 8);
        loop {
            match rows.advance() {
                Ok(true) => {
                    ours.push((0..rows.cell_count()).map(|i| rows.cell(i).to_vec()).collect::<Vec<_>>());
                }
                Ok(false) => break,
                Err(_) => return,
            }
        }
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text);
        let theirs =
            reader.byte_records().map(|row| row.unwrap().iter().map(<[u8]>::to_vec).collect::<Vec<_>>());
        let theirs: Vec<Vec<Vec<u8>>> =
            theirs.filter(|row| row.iter().any(|cell| !cell.is_empty())).collect();
        assert_eq!(ours, theirs, "{:?}", String::from_utf8_lossy(text));
    }
}
