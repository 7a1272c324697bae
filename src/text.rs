//! Text that knows where it came from.
//!
//! Inside the pipeline every position is a **byte** offset into a `str`, because slicing by bytes is free; the tables
//! speak of **characters** (Unicode scalar values), and [`CharIndex`] translates at the end, once per document.
//!
//! [`AlignedText`] carries an [`Alignment`]: a run-length map from its bytes back to the bytes of the decoded source.
//! Every stage that changes the text does so through a [`Rewriter`], which composes the alignments, so that the clean
//! text always knows the source of each of its characters.

/// A half-open range of bytes, `start..end`, in some text; both ends stand on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "span {start}..{end} runs backwards");
        Self { start, end }
    }

    pub fn len(&self) -> usize {
        self.end - self.start
    }

    pub fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// The text under this span.
    pub fn of<'a>(&self, text: &'a str) -> &'a str {
        &text[self.start..self.end]
    }

    pub fn contains(&self, other: &Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    pub fn overlaps(&self, other: &Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The same span seen from a text that begins `by` bytes earlier.
    pub fn shifted(&self, by: usize) -> Span {
        Span::new(self.start + by, self.end + by)
    }
}

impl From<std::ops::Range<usize>> for Span {
    fn from(range: std::ops::Range<usize>) -> Self {
        Span::new(range.start, range.end)
    }
}

/// A run of output bytes and the source bytes that it came from.
/// Linear (equal lengths): position maps to position. Otherwise atomic: any part of the run maps to the whole source run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    out: usize,
    out_len: usize,
    source: usize,
    source_len: usize,
    linear: bool,
}

impl Piece {
    fn out_end(&self) -> usize {
        self.out + self.out_len
    }

    fn source_end(&self) -> usize {
        self.source + self.source_len
    }
}

/// Run-length map from the bytes of a text to the bytes of its source. Pieces are contiguous in the output and
/// ascending in the source; source bytes between two pieces were removed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Alignment {
    pieces: Vec<Piece>,
}

impl Alignment {
    /// Every byte stands for itself.
    pub fn identity(len: usize) -> Self {
        let mut alignment = Alignment::default();
        alignment.push(0, len, 0, len, true);
        alignment
    }

    /// How many runs the map holds: its cost in memory.
    pub fn runs(&self) -> usize {
        self.pieces.len()
    }

    fn push(&mut self, out: usize, out_len: usize, source: usize, source_len: usize, linear: bool) {
        if out_len == 0 {
            return;
        }
        if linear
            && let Some(last) = self.pieces.last_mut()
            && last.linear
            && last.source_end() == source
        {
            last.out_len += out_len;
            last.source_len += source_len;
            return;
        }
        self.pieces.push(Piece { out, out_len, source, source_len, linear });
    }

    fn piece_at(&self, out: usize) -> Option<usize> {
        let i = self.pieces.partition_point(|p| p.out_end() <= out);
        (i < self.pieces.len()).then_some(i)
    }

    /// The smallest source span that gave the output span. An empty output span gives an empty source span.
    pub fn source_span(&self, out: Span) -> Span {
        if self.pieces.is_empty() {
            return Span::default();
        }
        if out.is_empty() {
            let at = match self.piece_at(out.start) {
                Some(i) if self.pieces[i].linear => self.pieces[i].source + (out.start - self.pieces[i].out),
                Some(i) => self.pieces[i].source,
                None => self.pieces.last().map_or(0, Piece::source_end),
            };
            return Span::new(at, at);
        }
        let last_index = self.pieces.len() - 1;
        let first = &self.pieces[self.piece_at(out.start).unwrap_or(last_index)];
        let last = &self.pieces[self.piece_at(out.end - 1).unwrap_or(last_index)];
        let start = if first.linear { first.source + (out.start - first.out) } else { first.source };
        let end = if last.linear { last.source + (out.end - last.out) } else { last.source_end() };
        Span::new(start, end.max(start))
    }

    /// The output that came from a source span: empty where all of it was removed.
    pub fn out_span(&self, source: Span) -> Span {
        let first = self.pieces.partition_point(|p| p.source_end() <= source.start);
        let end = self.pieces.partition_point(|p| p.source < source.end);
        let Some(pieces) = self.pieces.get(first..end).filter(|pieces| !pieces.is_empty()) else {
            let at = self.pieces.get(first).map_or_else(|| self.pieces.last().map_or(0, Piece::out_end), |p| p.out);
            return Span::new(at, at);
        };
        let (first, last) = (&pieces[0], &pieces[pieces.len() - 1]);
        let start = if first.linear { first.out + source.start.saturating_sub(first.source) } else { first.out };
        let end = if last.linear { last.out + source.end.min(last.source_end()) - last.source } else { last.out_end() };
        Span::new(start, end.max(start))
    }

    /// `self` maps middle to source and `next` maps output to middle; the result maps output to source.
    fn compose(&self, next: &Alignment) -> Alignment {
        let mut composed = Alignment::default();
        let mut i = 0;
        for piece in &next.pieces {
            if !piece.linear {
                let source = self.source_span(Span::new(piece.source, piece.source_end()));
                composed.push(piece.out, piece.out_len, source.start, source.len(), false);
                continue;
            }
            while i < self.pieces.len() && self.pieces[i].out_end() <= piece.source {
                i += 1;
            }
            let mut at = piece.source;
            let mut j = i;
            while at < piece.source_end() && j < self.pieces.len() {
                let inner = &self.pieces[j];
                let end = inner.out_end().min(piece.source_end());
                let out = piece.out + (at - piece.source);
                if inner.linear {
                    composed.push(out, end - at, inner.source + (at - inner.out), end - at, true);
                } else {
                    composed.push(out, end - at, inner.source, inner.source_len, false);
                }
                at = end;
                j += 1;
            }
        }
        composed
    }
}

/// A text and its way back to the decoded source.
#[derive(Debug, Clone, Default)]
pub struct AlignedText {
    text: String,
    alignment: Alignment,
}

impl AlignedText {
    /// A text that is its own source.
    pub fn from_source(text: String) -> Self {
        let alignment = Alignment::identity(text.len());
        Self { text, alignment }
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }

    pub fn alignment(&self) -> &Alignment {
        &self.alignment
    }

    /// The span of the decoded source (bytes) that a span of this text came from.
    pub fn source_span(&self, span: Span) -> Span {
        self.alignment.source_span(span)
    }

    /// Replace each span by its text. Edits are in ascending order and do not overlap; an empty list costs nothing.
    pub fn edited<S: AsRef<str>>(self, edits: &[(Span, S)]) -> AlignedText {
        if edits.is_empty() {
            return self;
        }
        let mut rewriter = Rewriter::new(&self);
        for (span, with) in edits {
            rewriter.keep_to(span.start);
            rewriter.replace_to(span.end, with.as_ref());
        }
        rewriter.finish()
    }
}

/// Builds a new [`AlignedText`] out of an old one, from left to right: keep, replace, skip, insert.
pub struct Rewriter<'a> {
    old: &'a AlignedText,
    at: usize,
    out: String,
    alignment: Alignment,
}

impl<'a> Rewriter<'a> {
    pub fn new(old: &'a AlignedText) -> Self {
        Self { old, at: 0, out: String::with_capacity(old.text.len()), alignment: Alignment::default() }
    }

    /// Bytes written so far: the next kept byte lands here.
    pub fn position(&self) -> usize {
        self.out.len()
    }

    /// What was written so far.
    pub fn written(&self) -> &str {
        &self.out
    }

    /// Copy the old text up to byte `end`.
    pub fn keep_to(&mut self, end: usize) {
        debug_assert!(end >= self.at, "keep_to({end}) behind {}", self.at);
        let piece = &self.old.text[self.at..end];
        self.alignment.push(self.out.len(), piece.len(), self.at, piece.len(), true);
        self.out.push_str(piece);
        self.at = end;
    }

    /// Leave the old text out up to byte `end`.
    pub fn skip_to(&mut self, end: usize) {
        debug_assert!(end >= self.at, "skip_to({end}) behind {}", self.at);
        self.at = end;
    }

    /// Write `with` in place of the old text up to byte `end`. Character for character where the characters are
    /// equally many and equally long, else the whole replacement maps to the whole of what it replaces.
    pub fn replace_to(&mut self, end: usize, with: &str) {
        debug_assert!(end >= self.at, "replace_to({end}) behind {}", self.at);
        let before = &self.old.text[self.at..end];
        let linear =
            before.len() == with.len() && before.chars().map(char::len_utf8).eq(with.chars().map(char::len_utf8));
        self.alignment.push(self.out.len(), with.len(), self.at, before.len(), linear);
        self.out.push_str(with);
        self.at = end;
    }

    /// Write text that the old one does not have.
    pub fn insert(&mut self, text: &str) {
        self.alignment.push(self.out.len(), text.len(), self.at, 0, false);
        self.out.push_str(text);
    }

    /// Keep the rest and close.
    pub fn finish(mut self) -> AlignedText {
        self.keep_to(self.old.text.len());
        AlignedText { text: self.out, alignment: self.old.alignment.compose(&self.alignment) }
    }
}

/// Byte offsets of one text to character offsets, in constant time for a small table.
#[derive(Debug)]
pub struct CharIndex<'a> {
    text: &'a str,
    /// Characters before byte `i * STRIDE`.
    marks: Vec<u32>,
}

const STRIDE: usize = 256;

impl<'a> CharIndex<'a> {
    pub fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let mut marks = Vec::with_capacity(bytes.len() / STRIDE + 1);
        let mut count = 0u32;
        for block in bytes.chunks(STRIDE) {
            marks.push(count);
            count += chars_begun(block);
        }
        marks.push(count);
        Self { text, marks }
    }

    /// Characters before byte `at`.
    pub fn char_at(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        let block = at / STRIDE;
        self.marks[block] as usize + chars_begun(&self.text.as_bytes()[block * STRIDE..at]) as usize
    }

    /// A byte span as a character span.
    pub fn span(&self, span: Span) -> Span {
        Span::new(self.char_at(span.start), self.char_at(span.end))
    }

    /// How many characters the text has.
    pub fn count(&self) -> usize {
        self.char_at(self.text.len())
    }
}

fn chars_begun(bytes: &[u8]) -> u32 {
    bytes.iter().map(|b| u32::from((*b as i8) >= -0x40)).sum()
}

/// Bytes of the ideographs (of the basic plane, U+4000 to U+9FFF) that a text begins with: nearly all of a report, and
/// never of interest where marks, blanks or digits are looked for.
pub fn ideographs(text: &str) -> usize {
    let leads = text.as_bytes().iter().step_by(3);
    3 * leads.take_while(|lead| (0xE4..=0xE9).contains(*lead)).count()
}

/// As `str::find`, for a word that most texts do not hold: to see that it is not there is cheaper than to get ready to
/// tell where it is.
pub fn find_rare(text: &str, word: &str) -> Option<usize> {
    if text.contains(word) { text.find(word) } else { None }
}

/// The code point of the three-byte character at byte `at` of a text.
pub fn three_byte_code(text: &[u8], at: usize) -> usize {
    let [lead, second, third] = [text[at], text[at + 1], text[at + 2]].map(usize::from);
    (lead & 0x0F) << 12 | (second & 0x3F) << 6 | (third & 0x3F)
}

/// Is this a Han character (unified ideographs, extensions, compatibility, 〇)?
pub fn is_han(c: char) -> bool {
    matches!(c,
        '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{20000}'..='\u{323AF}' | '\u{F900}'..='\u{FAFF}' | '〇')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source_of<'s>(source: &'s str, text: &AlignedText, part: &str) -> &'s str {
        let start = text.as_str().find(part).expect("the part stands in the text");
        text.source_span(Span::new(start, start + part.len())).of(source)
    }

    #[test]
    fn edits_compose_back_to_the_source() {
        let source = "現(xiàn)在，GDP增長１０%。";
        let one = AlignedText::from_source(source.into());
        let open = source.find('(').unwrap();
        let close = source.find(')').unwrap() + 1;
        let two = one.edited(&[(Span::new(open, close), "")]);
        assert_eq!(two.as_str(), "現在，GDP增長１０%。");
        let edits: Vec<(Span, &str)> = two
            .as_str()
            .char_indices()
            .filter_map(|(i, c)| {
                let with = match c {
                    '現' => "现",
                    '長' => "长",
                    '１' => "1",
                    '０' => "0",
                    _ => return None,
                };
                Some((Span::new(i, i + c.len_utf8()), with))
            })
            .collect();
        let three = two.edited(&edits);
        assert_eq!(three.as_str(), "现在，GDP增长10%。");
        assert_eq!(source_of(source, &three, "现在"), "現(xiàn)在");
        assert_eq!(source_of(source, &three, "现"), "現");
        assert_eq!(source_of(source, &three, "10%"), "１０%");
        assert_eq!(source_of(source, &three, "长1"), "長１");
    }

    #[test]
    fn a_source_span_finds_what_became_of_it() {
        let source = "現(xiàn)在，[x]GDP增長１０%。";
        let at = |part: &str| {
            let start = source.find(part).unwrap();
            Span::new(start, start + part.len())
        };
        let text = AlignedText::from_source(source.into()).edited(&[
            (at("現"), "现"),
            (at("(xiàn)"), ""),
            (at("[x]"), ""),
            (at("１０"), "10"),
        ]);
        let out = |part: &str| text.alignment().out_span(at(part)).of(text.as_str());
        assert_eq!(text.as_str(), "现在，GDP增長10%。");
        assert_eq!(out("現(xiàn)在"), "现在");
        assert_eq!(out("[x]"), "");
        assert_eq!(out("GDP增長"), "GDP增長");
        assert_eq!(out("DP"), "DP");
        assert_eq!(out("１"), "10");
        assert_eq!(out(source), text.as_str());
    }

    #[test]
    fn insertions_have_an_empty_source() {
        let text = AlignedText::from_source("ab".into());
        let mut rewriter = Rewriter::new(&text);
        rewriter.keep_to(1);
        rewriter.insert("\n");
        let text = rewriter.finish();
        assert_eq!(text.as_str(), "a\nb");
        assert_eq!(text.source_span(Span::new(1, 2)), Span::new(1, 1));
        assert_eq!(text.source_span(Span::new(0, 3)), Span::new(0, 2));
    }

    #[test]
    fn char_index_counts_characters() {
        let text = "政府工作报告abc".repeat(100);
        let index = CharIndex::new(&text);
        for (i, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(index.char_at(byte), i);
        }
        assert_eq!(index.count(), 900);
    }
}
