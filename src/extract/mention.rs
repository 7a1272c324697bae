//! Where the text first names a term that its glossary explains: at the footnote mark, or where the term stands.

use crate::model::{GlossaryEntry, Kind, Section};
use crate::text::Span;

/// Give every entry the place in the body where its term is named.
pub fn link(text: &str, sections: &[Section], entries: &mut [GlossaryEntry]) {
    if entries.is_empty() {
        return;
    }
    let body = Body::new(text, sections);
    let marks = marks(text, sections);
    for entry in entries {
        let named = body.named(&entry.term);
        let own: Vec<Span> = marks.iter().filter(|m| Some(m.0) == entry.number).map(|m| m.1).collect();
        // “一网通办”[3]: of several places the one that carries the entry's mark.
        let marked = named.iter().find(|span| own.iter().any(|mark| follows(text, **span, *mark)));
        let quoted = || inner_quote(&entry.term).and_then(|q| body.text_of(q));
        // Where the text names it in other words, its mark still tells the place.
        let mark_alone = || own.first().copied().filter(|_| own.len() == 1);
        let found = marked.or(named.first()).copied().or_else(mark_alone).or_else(quoted);
        entry.mention = found.and_then(|span| Some((section_of(sections, span)?, span)));
    }
}

/// The body without quotation marks and white space, in which terms are looked for.
struct Body<'t> {
    text: &'t str,
    folded: String,
    /// Byte of `text` for each character of `folded`, by the byte where that begins.
    places: Vec<(usize, usize)>,
    parts: Vec<Span>,
}

fn is_skipped(c: char) -> bool {
    c.is_whitespace() || matches!(c, '“' | '”' | '‘' | '’' | '"' | '\'')
}

impl<'t> Body<'t> {
    fn new(text: &'t str, sections: &[Section]) -> Self {
        let parts: Vec<Span> = sections.iter().filter(|s| s.kind != Kind::Glossary).map(|s| s.span).collect();
        let (mut folded, mut places) = (String::with_capacity(text.len()), Vec::with_capacity(text.len() / 3));
        for part in &parts {
            for (at, c) in part.of(text).char_indices() {
                let ideograph = ('\u{4000}'..='\u{9FFF}').contains(&c);
                if !ideograph && is_skipped(c) {
                    continue;
                }
                places.push((folded.len(), part.start + at));
                if ideograph { folded.push(c) } else { folded.extend(c.to_lowercase()) }
            }
        }
        Self { text, folded, places, parts }
    }

    /// Every place that names the term.
    fn named(&self, term: &str) -> Vec<Span> {
        let wanted: String = term.chars().filter(|c| !is_skipped(*c)).flat_map(char::to_lowercase).collect();
        if wanted.chars().count() < 2 {
            return Vec::new();
        }
        let found = memchr::memmem::find_iter(self.folded.as_bytes(), &wanted);
        let found = found.map(|at| Span::new(at, at + wanted.len()));
        found.filter_map(|span| self.place(span)).collect()
    }

    /// A span of the folded body in the text.
    fn place(&self, folded: Span) -> Option<Span> {
        let first = self.places.binary_search_by_key(&folded.start, |p| p.0).ok()?;
        let last = self.places.partition_point(|p| p.0 < folded.end).checked_sub(1)?;
        let (start, end) = (self.places[first].1, self.places[last].1);
        let close = self.text[end..].chars().next()?.len_utf8();
        Some(Span::new(start, end + close))
    }

    /// The first place where these very words stand.
    fn text_of(&self, words: &str) -> Option<Span> {
        self.parts.iter().find_map(|part| {
            let at = part.of(self.text).find(words)?;
            Some(Span::new(part.start + at, part.start + at + words.len()))
        })
    }
}

/// The quotation inside a term, marks included: “12345” of “12345”项目推进机制.
fn inner_quote(term: &str) -> Option<&str> {
    let open = term.find('“')?;
    let close = open + term[open..].find('”')? + '”'.len_utf8();
    Some(&term[open..close]).filter(|quote| quote.chars().count() >= 4)
}

/// Does the mark stand right behind the words?
fn follows(text: &str, words: Span, mark: Span) -> bool {
    words.end <= mark.start && text[words.end..mark.start].chars().all(is_skipped)
}

/// Footnote marks in the body, with their numbers: [12], 〔12〕, 【12】, ①.
fn marks(text: &str, sections: &[Section]) -> Vec<(i32, Span)> {
    let mut found = Vec::new();
    for section in sections.iter().filter(|s| s.kind != Kind::Glossary) {
        let inner = section.span.of(text);
        for (at, c) in inner.char_indices() {
            let start = section.span.start + at;
            if let '①'..='⑳' = c {
                let value = c as i32 - '①' as i32 + 1;
                found.push((value, Span::new(start, start + c.len_utf8())));
                continue;
            }
            let close = match c {
                '[' => ']',
                '［' => '］',
                '〔' => '〕',
                '【' => '】',
                _ => continue,
            };
            let rest = &inner[at + c.len_utf8()..];
            let Some(end) = rest.char_indices().take(4).find(|(_, c)| *c == close).map(|(i, _)| i) else { continue };
            if let Ok(value) = rest[..end].trim().parse() {
                found.push((value, Span::new(start, start + c.len_utf8() + end + close.len_utf8())));
            }
        }
    }
    found
}

/// The section that holds the span.
fn section_of(sections: &[Section], span: Span) -> Option<usize> {
    let index = sections.partition_point(|s| s.span.start <= span.start).checked_sub(1)?;
    sections[index].span.contains(&span).then_some(index)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Status;

    fn mentions(body: &str, terms: &[(Option<i32>, &str)]) -> Vec<Option<String>> {
        let section = |span, kind| crate::segment::plain(span, kind, Status::Actual, None);
        let text = format!("{body}\n名词解释");
        let sections = [
            section(Span::new(0, body.len() + 1), Kind::Review),
            section(Span::new(body.len() + 1, text.len()), Kind::Glossary),
        ];
        let entry = |(number, term): &(Option<i32>, &str)| GlossaryEntry {
            section: 1,
            number: *number,
            term: (*term).into(),
            definition: String::new(),
            mention: None,
        };
        let mut entries: Vec<GlossaryEntry> = terms.iter().map(entry).collect();
        link(&text, &sections, &mut entries);
        entries.iter().map(|e| e.mention.map(|(_, span)| span.of(&text).to_string())).collect()
    }

    #[test]
    fn terms_are_found_where_they_stand_or_at_their_mark() {
        let body = "推进一网通办，“一网 通办”[1]全面铺开，新建扩建学校〔2〕开工，实施“168”工程。";
        let terms = [(Some(1), "“一网通办”"), (Some(2), "九所学校"), (None, "“168”推进机制"), (None, "飞地")];
        let told = mentions(body, &terms);
        let want = [Some("一网 通办".to_string()), Some("〔2〕".into()), Some("“168”".into()), None];
        assert_eq!(told, want);
    }
}
