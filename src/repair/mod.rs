//! Damaged text → mended text. Repair runs before anything folds width, takes out readings or converts script: those
//! would destroy the evidence.

mod attest;
mod bigrams;
mod dots;
mod gbk;
mod habits;
mod indents;
mod lattice;
mod lexicon;
mod memory;
mod misaligned;
mod misread;
mod mojibake;
mod pairs;
mod quotes;
mod residue;
mod signs;
mod sources;
mod steps;
mod tokens;
mod tree;

use anyhow::Result;
use serde::Deserialize;

use crate::clean::characters::CharacterRules;
use crate::config::ConfigSource;
use crate::model::{Repair, RepairKind, Repaired};
use crate::text::{AlignedText, Span};
use bigrams::Bigrams;
use gbk::Gbk;
use lattice::{Knowledge, WEIGHT};
use lexicon::Lexicon;
use memory::Memory;
use misaligned::Suspicion;
use mojibake::{Misread, Reader};
use pairs::Pairs;
use residue::{Edit, ResidueConfig, ResidueRules};
use sources::Sources;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RepairConfig {
    misaligned: MisalignedConfig,
    residue: ResidueConfig,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MisalignedConfig {
    /// Characters that raise no suspicion although the model does not know them.
    usual: String,
    /// Characters that one of alone is a sign of text read in the wrong charset.
    telling: String,
    /// Words that make a question mark one.
    question_words: Vec<String>,
}

/// What this stage reads from `config/`.
#[derive(Debug)]
pub struct RepairRules {
    characters: CharacterRules,
    bigrams: Bigrams,
    lexicon: Lexicon,
    gbk: Gbk,
    sources: Sources,
    suspicion: Suspicion,
    residue: ResidueRules,
    question_words: Vec<String>,
}

impl RepairRules {
    /// # Errors
    /// A model or table is missing or malformed; the error names the file.
    pub fn load(source: &ConfigSource) -> Result<Self> {
        let config: RepairConfig = source.toml("repair.toml")?;
        let characters = CharacterRules::load(source)?;
        let bigrams = Bigrams::load(source, &characters.script, WEIGHT)?;
        let gbk = Gbk::default();
        let sources = Sources::new(&gbk, &bigrams);
        let suspicion = Suspicion::new(&bigrams, &gbk, &config.misaligned.usual, config.misaligned.telling);
        let residue = ResidueRules::new(config.residue)?;
        let lexicon = Lexicon::load(source, WEIGHT)?;
        Ok(Self {
            characters,
            bigrams,
            lexicon,
            gbk,
            sources,
            suspicion,
            residue,
            question_words: config.misaligned.question_words,
        })
    }
}

/// Damaged text → mended text, with the list of spots.
pub fn repair(rules: &RepairRules, source: &str) -> Repaired {
    let blanks_are_marks = residue::blanks_became_marks(source);
    let spots = misaligned::suspicious(&rules.suspicion, source, blanks_are_marks);
    let misread = mojibake::find(Reader { gbk: &rules.gbk, bigrams: &rules.bigrams }, source, &spots);
    let mut realigned = numbered(rules, source);
    let others = misaligned(rules, source, spots, &misread, &realigned);
    realigned.extend(others);
    // Where other damage was found a mark may stand for anything.
    if misread.is_empty() && !realigned.iter().any(Repair::mended) {
        let dots = dots::find(source, &rules.question_words);
        realigned.retain(|r| !dots.iter().any(|dot| dot.source.overlaps(&r.source)));
        realigned.extend(dots);
    }
    realigned.sort_by_key(|r| r.source);
    let mut spans: Vec<Span> = realigned.iter().filter(|r| r.mended()).map(|r| r.source).collect();
    spans.extend(misread.iter().map(|m| m.span));
    spans.sort_unstable();
    let residue = residue::find(&rules.residue, source, &spans, blanks_are_marks);
    let mut edits: Vec<(Span, &str)> = Vec::with_capacity(realigned.len() + residue.len());
    edits.extend(realigned.iter().filter(|r| r.mended()).map(|r| (r.source, r.after.as_str())));
    edits.extend(misread.iter().flat_map(|m| &m.parts).map(|(span, text)| (*span, text.as_str())));
    edits.extend(residue.iter().filter(|e| e.span.of(source) != e.with).map(|e| (e.span, e.with.as_str())));
    edits.sort_by_key(|(span, _)| span.start);
    let text = AlignedText::from_source(source.to_owned()).edited(&edits);
    let mut repairs: Vec<Repair> = residue.iter().filter_map(|edit: &Edit| edit.repair(source)).collect();
    repairs.extend(realigned);
    repairs.extend(misread.iter().flat_map(|m| told(source, m)));
    repairs.sort_by_key(|r| r.source);
    Repaired { text, repairs }
}

/// The rows of the repairs table; what is lost for good is told as it was found.
fn told<'a>(source: &'a str, misread: &'a Misread) -> impl Iterator<Item = Repair> + 'a {
    let row = |span: Span, kind, after: Option<&str>| {
        let before = span.of(source).to_owned();
        let after = after.map_or_else(|| before.clone(), str::to_owned);
        Repair { source: span, kind, before, after, confidence: 0.99 }
    };
    let mended = (!misread.is_lost()).then(|| row(misread.span, RepairKind::Mojibake, Some(misread.text.as_str())));
    let lost: Vec<Span> = match misread.is_lost() {
        true => vec![misread.span],
        false => misread.parts.iter().filter(|(_, text)| text.contains('\u{FFFD}')).map(|(span, _)| *span).collect(),
    };
    mended.into_iter().chain(lost.into_iter().map(move |span| row(span, RepairKind::Replacement, None)))
}

/// Chapters behind an indent that lost a byte; what stays unknown of their first words is told as lost.
fn numbered(rules: &RepairRules, source: &str) -> Vec<Repair> {
    let RepairRules { gbk, sources, bigrams, characters, .. } = rules;
    indents::find(
        indents::Known { gbk, sources, bigrams, pinyin: &characters.pinyin, script: &characters.script },
        source,
    )
}

/// `mended` are runs that are whole already.
fn misaligned(
    rules: &RepairRules,
    source: &str,
    mut spots: Vec<Span>,
    misread: &[Misread],
    mended: &[Repair],
) -> Vec<Repair> {
    let free =
        |span: &Span| !misread.iter().any(|m| m.span.overlaps(span)) && !mended.iter().any(|r| r.source.overlaps(span));
    spots.retain(|spot| misaligned::is_unlikely(&rules.bigrams, source, *spot) && free(spot));
    if spots.is_empty() {
        return Vec::new();
    }
    let characters = &rules.characters;
    let windows = misaligned::windows(&characters.pinyin, source, &spots);
    let script = characters.script.count(source).script();
    let habits = misaligned::habits(&windows);
    // Rare characters without a mark of damage are mostly names: without what the document says elsewhere, which is costly
    // to gather, is there anything at all that speaks against them?
    let plain = Knowledge {
        bigrams: &rules.bigrams,
        words: rules.lexicon.walk(&characters.script, WEIGHT, None),
        gbk: &rules.gbk,
        sources: &rules.sources,
        pinyin: &characters.pinyin,
        script_rules: &characters.script,
        script,
        pairs: &Pairs::of(&rules.bigrams, ""),
        habits: &habits,
    };
    if misaligned::are_as_found(plain, &windows) {
        return misaligned::unmended(source, &spots, &[], &rules.question_words);
    }
    let symbols = rules.lexicon.symbols(&characters.script, WEIGHT);
    let memory = Memory::of(symbols, source, &misaligned::in_doubt(source, &windows));
    let knowledge = Knowledge {
        words: rules.lexicon.walk(&characters.script, WEIGHT, Some(&memory)),
        pairs: &Pairs::of(&rules.bigrams, source),
        ..plain
    };
    let mut repairs = misaligned::mend(knowledge, source, &windows);
    repairs.retain(|r| free(&r.source));
    repairs.extend(misaligned::unmended(source, &spots, &repairs, &rules.question_words));
    repairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repaired(text: &str) -> (String, Vec<Repair>) {
        let rules = RepairRules::load(&ConfigSource::Embedded).unwrap();
        let repaired = repair(&rules, text);
        (repaired.text.as_str().to_owned(), repaired.repairs)
    }

    #[test]
    fn residue_is_taken_out() {
        for (from, to) in [
            (r"政府工作报告\r\n（2003年）\n各位", "政府工作报告\n（2003年）\n各位"),
            ("一\r\n二\r三\u{200b}四\u{7}", "一\n二\n三四"),
            (
                "优势&nbsp;明显&nbspA&ldquo;一区&rdquo;&#8212;&#x4e2d;&amp;nbsp;R&D&emsp.....",
                "优势 明显 A“一区”—中 R&D .....",
            ),
            ("PM<sub>2.5</sub>浓度<br/>下降，a<b", "PM2.5浓度\n下降，a<b"),
            (r"增长$5\%$，$\mathrm{PM}_{2.5}$，$12.5$亿元，US$5亿，10\%", "增长5%，PM2.5，12.5亿元，US$5亿，10%"),
            (
                "二O二O年，二○一○年，二〇二三年，二00二年，二0一0年",
                "二〇二〇年，二〇一〇年，二〇二三年，二00二年，二0一0年",
            ),
            ("和二\u{FFFD}\u{FFFD}三五年远景目标", "和二〇三五年远景目标"),
            ("⻓治市⼈⺠政府", "长治市人民政府"),
            ("县长??杨曙光????各位代表：??现在", "县长 杨曙光 各位代表： 现在"),
            ("搜索\u{e6ea} 首页", "搜索 首页"),
            ("打好;;三大攻坚战;;，增长5%;;投资增长8%;;", "打好“三大攻坚战”，增长5%;;投资增长8%;;"),
        ] {
            assert_eq!(repaired(from).0, to);
        }
    }

    #[test]
    fn runs_out_of_step_are_put_into_step() {
        let (text, repairs) =
            repaired("空气质量改善，优良天数比例达到100%??諝馕廴疚餄舛戎笜?biāo)呈現(xiàn)“五降一平”。");
        assert!(text.contains("氣污染物濃度指標(biāo)呈現(xiàn)"), "{text}");
        assert_eq!(repairs.iter().filter(|r| r.mended()).count(), 1, "{repairs:?}");
    }
}
