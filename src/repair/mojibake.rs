//! Text that was read in the wrong charset: its characters, written in the charset that they were read in, are the bytes
//! of the right ones. Writing the right ones in their own charset and reading that wrongly again gives what was found:
//! that is the proof, and it holds for every stretch taken here by the way it is found. A stretch also has to be likelier
//! than what was found.

use encoding_rs::{BIG5, EncoderResult, Encoding, GB18030};

use super::bigrams::Bigrams;
use super::gbk::Gbk;
use crate::text::{Span, is_han};

/// A stretch that was read in the wrong charset.
#[derive(Debug, Clone, PartialEq)]
pub struct Misread {
    /// Bytes of the source.
    pub span: Span,
    /// What stands there; U+FFFD where bytes are lost.
    pub text: String,
    /// The same in the smallest parts that belong together, in order.
    pub parts: Vec<(Span, String)>,
}

impl Misread {
    /// Nothing of it can be told: it was U+FFFD when it was read wrongly (锟斤拷).
    pub fn is_lost(&self) -> bool {
        self.text.chars().all(|c| c == '\u{FFFD}')
    }
}

/// What the search stands on.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    pub gbk: &'a Gbk,
    pub bigrams: &'a Bigrams,
}

/// A text must cost so many bits a pair less than what was found, and no more than so many.
const LIKELIER: f32 = 3.0;
const LIKELY: f32 = 12.5;
/// Times that a text can have been read wrongly, one upon the other.
const DEPTH: usize = 3;

/// Find the stretches, in ascending order. `spots` are suspicious places of the text.
pub fn find(reader: Reader<'_>, text: &str, spots: &[Span]) -> Vec<Misread> {
    let mut found = read_as_latin(reader, text);
    let mut done = 0;
    for spot in spots.iter().filter(|spot| !spot.of(text).is_ascii()) {
        if spot.start < done {
            continue;
        }
        let start = text[..spot.start].rfind('\n').map_or(0, |at| at + 1).max(done);
        let end = text[spot.end..].find('\n').map_or(text.len(), |at| spot.end + at);
        done = end;
        read_as_chinese(reader, text, Span::new(start, end), &mut found);
    }
    found.sort_by_key(|misread| misread.span);
    found.dedup_by(|b, a| a.span.overlaps(&b.span));
    found
}

/// The byte that a character was in windows-1252, or in Latin-1 where that has none.
fn latin_byte(c: char) -> Option<u8> {
    const WINDOWS: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ";
    match c {
        '\u{80}'..='\u{FF}' => Some(c as u8),
        '\u{152}'..='\u{2122}' => WINDOWS.chars().position(|w| w == c).map(|at| 0x80 + at as u8),
        _ => None,
    }
}

/// Runs of letters with accents and the like that are the bytes of UTF-8 or GBK.
fn read_as_latin(reader: Reader<'_>, text: &str) -> Vec<Misread> {
    let mut found = Vec::new();
    let mut done = 0;
    // Two-byte characters of UTF-8 that begin with these bytes are those of Latin-1.
    for at in memchr::memchr2_iter(0xC2, 0xC3, text.as_bytes()) {
        if at < done {
            continue;
        }
        let start = text[done..at]
            .char_indices()
            .rev()
            .take_while(|(_, c)| latin_byte(*c).is_some())
            .last()
            .map_or(at, |(i, _)| done + i);
        let run: Vec<(usize, char, u8)> =
            text[start..].char_indices().map_while(|(i, c)| Some((start + i, c, latin_byte(c)?))).collect();
        let end = run.last().map_or(at, |(i, c, _)| i + c.len_utf8());
        done = end.max(at + 1);
        let letters = run.iter().filter(|(_, c, _)| ('\u{C0}'..='\u{FF}').contains(c)).count();
        if run.len() >= 2 && letters >= 1 {
            let lengths: Vec<(Span, usize)> =
                run.iter().map(|(i, c, _)| (Span::new(*i, i + c.len_utf8()), 1)).collect();
            let bytes: Vec<u8> = run.iter().map(|(_, _, byte)| *byte).collect();
            found.extend(latin_run(reader, &bytes, &lengths, letters));
        }
    }
    found
}

fn latin_run(reader: Reader<'_>, bytes: &[u8], lengths: &[(Span, usize)], letters: usize) -> Option<Misread> {
    // UTF-8 is hardly ever valid by chance; its first byte is a letter, and what it holds no letter with an accent again.
    if let Ok(text) = std::str::from_utf8(bytes) {
        let deeper = again(text);
        let text = deeper.as_deref().unwrap_or(text);
        return (!text.chars().any(is_strange)).then(|| misread(lengths, text, deeper.is_some()));
    }
    let (text, _, broken) = GB18030.decode(bytes);
    let chinese = text.chars().all(|c| is_han(c) || "，。、；：？！“”‘’（）《》—…·％".contains(c));
    let likely = bytes.len() >= 4 && letters * 3 >= bytes.len() && reader.bigrams.mean_cost(&text) <= LIKELY;
    (!broken && chinese && likely).then(|| misread(lengths, &text, false))
}

/// The text behind a text that was itself read wrongly as Latin.
fn again(text: &str) -> Option<String> {
    let mut deeper: Option<String> = None;
    for _ in 1..DEPTH {
        let bytes: Option<Vec<u8>> = deeper
            .as_deref()
            .unwrap_or(text)
            .chars()
            .map(|c| if c.is_ascii() { Some(c as u8) } else { latin_byte(c) })
            .collect();
        match bytes.and_then(|bytes| String::from_utf8(bytes).ok()) {
            Some(next) if !next.is_ascii() && Some(next.as_str()) != deeper.as_deref() => deeper = Some(next),
            _ => break,
        }
    }
    deeper
}

/// Put found characters (each with its place and its length in bytes as read) and the text behind them side by side.
/// `whole`: the bytes between the two are others, so that only the whole belongs together.
fn misread(found: &[(Span, usize)], text: &str, whole: bool) -> Misread {
    let span = Span::new(found.first().map_or(0, |f| f.0.start), found.last().map_or(0, |f| f.0.end));
    if whole {
        return Misread { span, text: text.to_owned(), parts: vec![(span, text.to_owned())] };
    }
    let total: usize = found.iter().map(|(_, length)| length).sum();
    // Where the charset of the text is not UTF-8, every character has two bytes.
    let wide = if total == text.len() { 0 } else { 2 };
    let mut parts: Vec<(Span, String)> = Vec::new();
    let (mut first, mut next, mut behind, mut ahead) = (0, 0, 0, 0);
    let mut part = String::new();
    for c in text.chars() {
        part.push(c);
        ahead += if wide > 0 && !c.is_ascii() { wide } else { c.len_utf8() };
        while behind < ahead && next < found.len() {
            behind += found[next].1;
            next += 1;
        }
        // Both end here.
        if behind == ahead && first < next {
            parts.push((Span::new(found[first].0.start, found[next - 1].0.end), std::mem::take(&mut part)));
            first = next;
        }
    }
    if !part.is_empty() || first < found.len() {
        let start = found.get(first).map_or(span.end, |f| f.0.start);
        parts.push((Span::new(start, span.end), part));
    }
    Misread { span, text: text.to_owned(), parts }
}

/// A character as it was read in GBK: its place and bytes.
struct Written {
    span: Span,
    c: char,
    bytes: [u8; 2],
    length: usize,
}

/// Stretches of a line whose characters, written in GBK, are UTF-8 or Big5, or written in Big5 are GBK.
fn read_as_chinese(reader: Reader<'_>, text: &str, line: Span, found: &mut Vec<Misread>) {
    let mut run: Vec<Written> = Vec::new();
    for (i, c) in line.of(text).char_indices() {
        let at = line.start + i;
        let span = Span::new(at, at + c.len_utf8());
        let written = match c {
            '€' => Some(Written { span, c, bytes: [0x80, 0], length: 1 }),
            // What could not be read.
            '?' | '\u{FFFD}' if !run.is_empty() => Some(Written { span, c, bytes: [b'?', 0], length: 1 }),
            _ if c.is_ascii() => None,
            _ => reader.gbk.pair(c).map(|(lead, trail)| Written { span, c, bytes: [lead, trail], length: 2 }),
        };
        match written {
            Some(written) => run.push(written),
            None => {
                stretches(reader, text, &run, found);
                run.clear();
            }
        }
    }
    stretches(reader, text, &run, found);
}

fn stretches(reader: Reader<'_>, source: &str, run: &[Written], found: &mut Vec<Misread>) {
    let at_line_end =
        run.last().is_some_and(|last| source[last.span.end..].trim_start_matches([' ', '\r']).starts_with('\n'));
    let mut i = 0;
    while i < run.len() {
        match utf8_from(&run[i..], at_line_end) {
            Some((lengths, text)) if is_better(reader, source, &run[i..i + lengths.len()], &text) => {
                found.push(misread(&lengths, &text, false));
                i += lengths.len();
            }
            _ => i += 1,
        }
    }
    if found.last().is_none_or(|last| run.first().is_none_or(|first| last.span.end <= first.span.start)) {
        found.extend(other_chinese(reader, source, run));
    }
}

/// The longest text in UTF-8 that these characters begin with, and their places and lengths; that of a mark is the rest
/// of the character that it stands in.
fn utf8_from(run: &[Written], at_line_end: bool) -> Option<(Vec<(Span, usize)>, String)> {
    // Nearly no character's bytes begin one of UTF-8.
    let &Written { bytes: [lead, next], length, .. } = run.first()?;
    if length == 2 && !((0xC2..=0xF4).contains(&lead) && (0x80..=0xBF).contains(&next)) {
        return None;
    }
    let mut lengths: Vec<(Span, usize)> = Vec::new();
    let mut text = String::new();
    let mut pending: Vec<u8> = Vec::new();
    let mut best = None;
    for (at, written) in run.iter().enumerate() {
        if written.length == 1 && written.bytes[0] == b'?' {
            // A byte that could not be read: the character that it belonged to is lost.
            if pending.is_empty() {
                break;
            }
            lengths.push((written.span, '\u{FFFD}'.len_utf8().saturating_sub(pending.len()).max(1)));
            // A line that breaks off in the first bytes of a full stop ends with one.
            let stop = at_line_end && at + 1 == run.len() && pending == [0xE3, 0x80];
            pending.clear();
            text.push(if stop { '。' } else { '\u{FFFD}' });
        } else {
            lengths.push((written.span, written.length));
            for &byte in &written.bytes[..written.length] {
                pending.push(byte);
                match std::str::from_utf8(&pending) {
                    Ok(c) => {
                        text.push_str(c);
                        pending.clear();
                    }
                    Err(error) if error.error_len().is_some() => return best,
                    Err(_) => {}
                }
            }
        }
        let c = text.chars().next_back();
        if c.is_some_and(|c| !is_strange(c)) {
            if pending.is_empty() {
                best = Some((lengths.clone(), text.clone()));
            }
        } else if c.is_some() {
            return best;
        }
    }
    best
}

/// A character that a report does not hold.
fn is_strange(c: char) -> bool {
    let fits = is_han(c)
        || c.is_ascii()
        || c == '\u{FFFD}'
        || matches!(c, '\u{A0}'..='\u{17F}' | '\u{2000}'..='\u{206F}' | '\u{2100}'..='\u{26FF}' | '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}' | '\u{FEFF}');
    !fits
}

/// Is the text likelier than what was found? One character alone has to be a mark that is misread often.
fn is_better(reader: Reader<'_>, source: &str, run: &[Written], text: &str) -> bool {
    let known = text.chars().filter(|c| !c.is_ascii() && *c != '\u{FFFD}').count();
    if text.chars().all(|c| c == '\u{FFFD}') {
        // 锟斤拷, or a mark of which a byte is lost (鈥?).
        return run[0].c == '锟' && run.len() >= 3 || run[0].c == '鈥';
    }
    if text == "\u{FEFF}" {
        return true;
    }
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return false };
    let before = &source[first.span.start..last.span.end];
    let kept: String = text.chars().filter(|c| *c != '\u{FFFD}').collect();
    let (was, is) = (reader.bigrams.mean_cost(before), reader.bigrams.mean_cost(&kept));
    // A byte 80 on its own tells as much as a pair of characters.
    let telling = known >= 1 && text.chars().nth(1).is_some() && run.iter().any(|w| w.c == '€');
    telling || known >= 2 && is <= LIKELY && is + LIKELIER <= was
}

/// Big5 that was read as GBK, or the other way round: only where the whole run is so.
fn other_chinese(reader: Reader<'_>, source: &str, run: &[Written]) -> Option<Misread> {
    let (first, last) = (run.first()?, run.last()?);
    let span = Span::new(first.span.start, last.span.end);
    let before = span.of(source);
    if run.len() < 4 {
        return None;
    }
    let reread = |written: &'static Encoding, read: &'static Encoding| {
        let bytes = encoded(written, before)?;
        let text = read.decode_without_bom_handling_and_without_replacement(&bytes)?;
        if text.chars().any(is_strange) {
            return None;
        }
        let is = reader.bigrams.mean_cost(&text);
        (is <= LIKELY && is + LIKELIER <= reader.bigrams.mean_cost(before)).then(|| text.into_owned())
    };
    let text = reread(GB18030, BIG5).or_else(|| reread(BIG5, GB18030))?;
    let lengths: Vec<(Span, usize)> = run.iter().map(|w| (w.span, w.length)).collect();
    let whole = text.chars().count() != run.len();
    Some(misread(&lengths, &text, whole))
}

/// A text in another charset; nothing as soon as a character has no place in it, as most simplified ones have none in
/// Big5.
fn encoded(charset: &'static Encoding, text: &str) -> Option<Vec<u8>> {
    let mut encoder = charset.new_encoder();
    let mut bytes = Vec::with_capacity(encoder.max_buffer_length_from_utf8_without_replacement(text.len())?);
    let (result, _) = encoder.encode_from_utf8_to_vec_without_replacement(text, &mut bytes, true);
    (result == EncoderResult::InputEmpty).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(misread: &Misread) -> String {
        misread.parts.iter().map(|(_, text)| text.as_str()).collect()
    }

    #[test]
    fn parts_lie_side_by_side() {
        // Three bytes a character, read two at a time: two characters of the text to three that were found.
        let spans: Vec<(Span, usize)> = (0..6).map(|i| (Span::new(i * 3, i * 3 + 3), 2)).collect();
        let parted = misread(&spans, "政府工作", false);
        assert_eq!(joined(&parted), "政府工作");
        assert!(parted.parts.windows(2).all(|pair| pair[0].0.end <= pair[1].0.start), "{:?}", parted.parts);
        assert_eq!(parted.parts.last().map(|p| p.0.end), Some(18));
        assert_eq!(parted.parts.len(), 2, "{:?}", parted.parts);
        // One byte a character.
        let spans: Vec<(Span, usize)> = (0..6).map(|i| (Span::new(i * 2, i * 2 + 2), 1)).collect();
        let parted = misread(&spans, "政府", false);
        assert_eq!(parted.parts, [(Span::new(0, 6), "政".to_owned()), (Span::new(6, 12), "府".to_owned())]);
    }
}
