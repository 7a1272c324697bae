//! The types that pass between the stages. They know nothing of Arrow; `tables/` turns them into rows.
//!
//! All spans are bytes of the text that the doc comment names; `tables/` turns them into characters.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::text::{AlignedText, Span};

/// Defines an enum whose values are the words of a closed vocabulary of the tables.
macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vmeta])* $variant),+ }

        impl $name {
            /// Every value, in the order of the vocabulary.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word that the tables use.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }

            /// The value of a word of the vocabulary.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some($name::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let word = String::deserialize(deserializer)?;
                $name::from_word(&word).ok_or_else(|| {
                    let known: Vec<_> = $name::ALL.iter().map(|v| v.as_str()).collect();
                    serde::de::Error::custom(format!("{word:?} is none of {}", known.join(", ")))
                })
            }
        }
    };
}

pub(crate) use vocabulary;

vocabulary! {
    /// The form that a document came in.
    SourceFormat { Text = "text", Markdown = "markdown", Html = "html", Docx = "docx",
        /// Recognised, not read.
        Pdf = "pdf",
        /// Old or encrypted Office files and rich text: recognised, not read.
        Doc = "doc",
        /// Anything else that is not read.
        Other = "other",
    }
}

vocabulary! {
    /// What became of a document.
    Outcome {
        /// Read whole.
        Ok = "ok",
        /// Read, with losses told in the flags.
        Partial = "partial",
        /// Not usable; the reason is told.
        Rejected = "rejected",
        /// The same report as another document of the run.
        Duplicate = "duplicate",
    }
}

vocabulary! {
    /// What kind of document it is.
    DocType { WorkReport = "work_report", Digest = "digest", Other = "other" }
}

vocabulary! {
    /// Level of the government that reports.
    Level { National = "national", Province = "province", Prefecture = "prefecture", County = "county", Township = "township" }
}

vocabulary! {
    /// Script of the source.
    Script { Hans = "hans", Hant = "hant", Mixed = "mixed" }
}

vocabulary! {
    /// What a section of the report is.
    Kind {
        Front = "front", Review = "review", Problems = "problems", Overview = "overview", Targets = "targets", Tasks = "tasks",
        Livelihood = "livelihood", SelfBuilding = "self_building", Closing = "closing", Glossary = "glossary", Other = "other",
    }
}

vocabulary! {
    /// Does a section, indicator or project look back (actual) or ahead (target)?
    Status { Actual = "actual", Target = "target" }
}

vocabulary! {
    /// Policy field of a section or project.
    Topic {
        Economy = "economy", Industry = "industry", Investment = "investment", Consumption = "consumption",
        OpeningUp = "opening_up", Reform = "reform", Innovation = "innovation", Digital = "digital", Energy = "energy",
        Agriculture = "agriculture", Rural = "rural", Urban = "urban", Transport = "transport", Ecology = "ecology",
        Education = "education", Health = "health", SocialSecurity = "social_security", Employment = "employment",
        CultureSport = "culture_sport", Safety = "safety", Governance = "governance", PartyPolitics = "party_politics",
    }
}

vocabulary! {
    /// How a value measures its statistic.
    Measure { Level = "level", Ratio = "ratio", Growth = "growth", Change = "change", Gap = "gap", Rank = "rank" }
}

vocabulary! {
    /// How the printed value bounds the real one.
    Bound { Eq = "eq", Ge = "ge", Le = "le", Gt = "gt", Lt = "lt", Approx = "approx", Range = "range" }
}

vocabulary! {
    /// What a growth, change or gap is measured against.
    Basis { Yoy = "yoy", VsPreviousPeriod = "vs_previous_period", VsRegion = "vs_region", VsTarget = "vs_target" }
}

vocabulary! {
    /// What became of a target in the next report.
    Matching {
        /// The next report states the year's value.
        Matched = "matched",
        /// The run holds no report that looks back on the year.
        NoReport = "no_report",
        /// The report is there and does not state it.
        NotStated = "not_stated",
        /// Several values stand against each other.
        Ambiguous = "ambiguous",
    }
}

vocabulary! {
    /// Does a report state a statistic?
    Coverage {
        Stated = "stated",
        NotStated = "not_stated",
        /// The text names it with a number, and no row was made of that.
        Unread = "unread",
    }
}

vocabulary! {
    /// How far a project has come.
    Stage { Planned = "planned", Started = "started", UnderConstruction = "under_construction", Completed = "completed" }
}

vocabulary! {
    /// What was wrong at a damaged spot.
    RepairKind {
        /// A run decoded one byte off in GBK.
        MisalignedGbk = "misaligned_gbk",
        /// Text decoded with the wrong charset (UTF-8 as GBK or Latin-1).
        Mojibake = "mojibake",
        /// U+FFFD or bytes that the encoding does not have.
        Replacement = "replacement",
        /// Question marks that stand for characters lost.
        QuestionMarks = "question_marks",
        /// A private-use character.
        PrivateUse = "private_use",
        /// A compatibility or radical form of a Han character.
        CompatibilityForm = "compatibility_form",
        /// HTML entity, tag or formula mark left in the text.
        Markup = "markup",
        /// A digit or numeral in a foreign shape (二O二O).
        Numeral = "numeral",
        /// White space inside a word or number.
        Spacing = "spacing",
        /// A look-alike that a scan took for the right character (收人 for 收入).
        Misread = "misread",
    }
}

/// Defines the closed vocabulary of flags, each with its meaning.
macro_rules! flags {
    ($($variant:ident = $word:literal: $meaning:literal),+ $(,)?) => {
        vocabulary! {
            /// Quality flags of reports, indicators and projects.
            Flag { $(#[doc = $meaning] $variant = $word),+ }
        }

        impl Flag {
            /// What the flag says, for the data dictionary.
            pub fn meaning(self) -> &'static str {
                match self { $(Flag::$variant => $meaning),+ }
            }
        }
    };
}

flags! {
    EncodingGuessed = "encoding_guessed": "no BOM and no valid declaration: the encoding was detected from the bytes",
    EncodingMismatch = "encoding_mismatch": "the declared charset does not fit the bytes; another one was used",
    InvalidBytes = "invalid_bytes": "bytes that the encoding does not have became U+FFFD",
    MixedEncodings = "mixed_encodings": "some lines stand in another encoding than the rest of the bytes",
    SourceDamaged = "source_damaged": "the file is cut or broken: what could be read was read",
    Damaged = "damaged": "damaged spots were found and left as they stand",
    DamageNearValue = "damage_near_value": "a damaged spot stands beside the number: a digit may be lost",
    SecondCopyRemoved = "second_copy_removed": "the body stood twice; one copy was taken out",
    UnknownFurniture = "unknown_furniture": "a line between body paragraphs looks like site furniture but was kept",
    TruncatedHead = "truncated_head": "the beginning of the report is missing",
    TruncatedTail = "truncated_tail": "the end of the report is missing",
    OneLine = "one_line": "the body came without paragraphs",
    FunctionalZone = "functional_zone": "a functional zone without a GB/T 2260 code of its own",
    RegionAmbiguous = "region_ambiguous": "several regions fit the text equally well",
    RegionFromFileName = "region_from_file_name": "the text names no region: it was taken from the file name",
    YearInferred = "year_inferred": "no title, date or heading of the review or plan states the report's year: it is inferred",
    FileNameDisagrees = "file_name_disagrees": "the file name names another region or year than the text",
    ElectionYear = "election_year": "the review spans a whole term of government",
    UnitMismatch = "unit_mismatch": "the unit does not fit the canonical indicator",
    OutOfRange = "out_of_range": "the value is outside the plausible range of the canonical indicator",
    Contradiction = "contradiction": "the same statistic is stated with another value in the same report, or a movement is not what its two ends make",
    NameCarried = "name_carried": "the name was carried over from an earlier clause",
    SubjectOther = "subject_other": "the figure is about another subject than the region",
}

/// A set of flags, in the order of the vocabulary.
pub type Flags = BTreeSet<Flag>;

/// A document as it came, before anything is known of it.
#[derive(Debug, Clone)]
pub struct RawDocument {
    /// Path relative to the input root, `/` between parts; `file#member` inside a container.
    pub source: String,
    pub bytes: Vec<u8>,
}

/// Bytes made text.
#[derive(Debug, Clone)]
pub struct Decoded {
    pub format: SourceFormat,
    /// WHATWG name; null where the format carries its own.
    pub encoding: Option<&'static str>,
    /// The decoded source that every `source_start` and `source_end` speaks of. For .docx and HTML: the text of the
    /// document, a paragraph or block a line.
    pub text: String,
    /// U+FFFD that decoding put in.
    pub replacements: usize,
    /// What the format told about the text (headings, bold runs, links), by bytes of `text`, in order. Marks of
    /// markdown stand in the text itself and are read by the cleaning stage.
    pub marks: Vec<Mark>,
    /// Why nothing can be read out of the bytes, for people; `text` is then empty.
    pub unusable: Option<String>,
    pub flags: Flags,
}

/// A spot that was mended, or found damaged and left (`after` equals `before`).
#[derive(Debug, Clone, PartialEq)]
pub struct Repair {
    /// Bytes of the decoded source.
    pub source: Span,
    pub kind: RepairKind,
    pub before: String,
    pub after: String,
    pub confidence: f32,
}

impl Repair {
    /// Was the spot mended?
    pub fn mended(&self) -> bool {
        self.before != self.after
    }
}

/// The decoded text with its damage mended, and the list of spots.
#[derive(Debug, Clone)]
pub struct Repaired {
    pub text: AlignedText,
    pub repairs: Vec<Repair>,
}

/// Why a block is not part of the clean text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RemovedAs {
    /// Site furniture: menus, adverts, declarations, widgets.
    Furniture,
    /// A second copy of (a part of) the body.
    Copy,
}

/// A block that cleaning took out. The identity stage reads dates and places from the ones before the title.
#[derive(Debug, Clone)]
pub struct Removed {
    /// Bytes of the decoded source.
    pub source: Span,
    pub text: String,
    pub removed_as: RemovedAs,
    /// Id of the rule or of the structural reason.
    pub rule: String,
}

/// A mark of the source format that tells of structure and was taken out of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MarkKind {
    /// `#`…`######`, `<h1>`…`<h6>`, a heading style of .docx.
    Heading(u8),
    /// `**…**`, `<strong>`, a bold run of .docx.
    Bold,
    /// The text of a link: a line that is all links is likely to be furniture.
    Link,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Bytes of the text that the mark is told of: decoded or clean.
    pub span: Span,
    pub kind: MarkKind,
}

/// The clean text: simplified, NFC, half-width digits and letters, full-width Chinese punctuation between Han
/// characters, one paragraph a line, every line ended by `\n`; the report's own text and nothing else, once.
#[derive(Debug, Clone)]
pub struct Clean {
    pub text: AlignedText,
    pub removed: Vec<Removed>,
    pub marks: Vec<Mark>,
    pub script: Script,
    pub flags: Flags,
}

impl Clean {
    /// Take over the structure that the source format told, as far as its text is still there.
    pub fn adopt(&mut self, source_marks: &[Mark]) {
        let alignment = self.text.alignment();
        let told = source_marks.iter().filter(|mark| mark.kind != MarkKind::Link).filter_map(|mark| {
            let span = alignment.out_span(mark.span);
            (!span.of(self.text.as_str()).trim().is_empty()).then_some(Mark { span, kind: mark.kind })
        });
        self.marks.extend(told);
        self.marks.sort_by_key(|mark| (mark.span, mark.kind));
        self.marks.dedup();
    }
}

/// A node of the section tree: its own text (heading line included, subsections not), a contiguous run of the clean
/// text. Sections stand in document order and together cover the clean text.
#[derive(Debug, Clone)]
pub struct Section {
    /// Bytes of the clean text.
    pub span: Span,
    /// Index of the enclosing section.
    pub parent: Option<usize>,
    /// 0: front matter and the report's parts.
    pub depth: u8,
    /// As printed: 一, (三), 2, 第一.
    pub number: Option<String>,
    pub heading: Option<String>,
    /// Where the heading stands (bytes of the clean text), number excluded.
    pub heading_span: Option<Span>,
    pub kind: Kind,
    pub period: Status,
    pub year: Option<i16>,
    pub topic: Option<Topic>,
    /// Why this is a heading, for people.
    pub evidence: String,
}

/// Who reports what to whom, when.
#[derive(Debug, Clone, Default)]
pub struct Identity {
    pub doc_type: Option<DocType>,
    pub title: Option<String>,
    pub level: Option<Level>,
    pub province: Option<String>,
    pub prefecture: Option<String>,
    pub county: Option<String>,
    pub region_code: Option<String>,
    pub report_year: Option<i16>,
    pub review_year: Option<i16>,
    /// First year that the review spans, where it spans several (五年来).
    pub review_year_start: Option<i16>,
    pub delivered_on: Option<NaiveDate>,
    pub published_on: Option<NaiveDate>,
    pub congress_term: Option<i16>,
    pub congress_session: Option<i16>,
    pub speaker: Option<String>,
    pub speaker_title: Option<String>,
    pub flags: Flags,
    /// Why the document cannot be used, where it cannot.
    pub rejected: Option<String>,
    /// The candidates behind the answer, with their scores, for people.
    pub evidence: Vec<String>,
}

/// One stated quantity, or stated qualitative target.
#[derive(Debug, Clone)]
pub struct Indicator {
    /// Index into the sections.
    pub section: usize,
    /// The value, number to unit (qualitative: the phrase); bytes of the clean text.
    pub span: Span,
    /// The sentence; bytes of the clean text.
    pub sentence: Span,
    pub name: String,
    pub action: Option<String>,
    pub subject: Option<String>,
    pub code: Option<String>,
    pub measure: Measure,
    pub value: Option<f64>,
    pub value_max: Option<f64>,
    pub unit: Option<String>,
    pub value_si: Option<f64>,
    pub unit_si: Option<String>,
    pub bound: Bound,
    pub status: Status,
    pub year_start: Option<i16>,
    pub year: Option<i16>,
    pub basis: Option<Basis>,
    pub rank_scope: Option<String>,
    pub qualitative: Option<String>,
    pub rule: &'static str,
    pub confidence: f32,
    pub flags: Flags,
}

/// One named undertaking, one mention.
#[derive(Debug, Clone)]
pub struct Project {
    /// Index into the sections.
    pub section: usize,
    /// The name; bytes of the clean text.
    pub span: Span,
    /// The sentence; bytes of the clean text.
    pub sentence: Span,
    pub name: String,
    /// Normalised name: the same for the same undertaking in another sentence or year.
    pub key: String,
    pub action: Option<String>,
    pub stage: Stage,
    pub status: Status,
    pub year: Option<i16>,
    /// CNY.
    pub investment: Option<f64>,
    pub capacity: Option<f64>,
    pub capacity_unit: Option<String>,
    pub topic: Option<Topic>,
    pub rule: &'static str,
    pub confidence: f32,
    pub flags: Flags,
}

/// A term that the report explains (名词解释).
#[derive(Debug, Clone, PartialEq)]
pub struct GlossaryEntry {
    /// Index into the sections.
    pub section: usize,
    /// As printed before the term.
    pub number: Option<i32>,
    pub term: String,
    pub definition: String,
    /// Where the body first names the term, or its mark: section and bytes of the clean text.
    pub mention: Option<(usize, Span)>,
}

/// A livelihood item (民生实事) that the government pledges.
#[derive(Debug, Clone, PartialEq)]
pub struct Pledge {
    /// Index into the sections.
    pub section: usize,
    /// Bytes of the clean text.
    pub span: Span,
    pub number: Option<i32>,
    pub text: String,
}

/// A quantity or name that was looked at and not taken, for `gwr inspect`.
#[derive(Debug, Clone)]
pub struct Dismissed {
    /// Bytes of the clean text.
    pub span: Span,
    pub reason: &'static str,
}

/// What the extract stage found.
#[derive(Debug, Clone, Default)]
pub struct Extraction {
    pub indicators: Vec<Indicator>,
    pub projects: Vec<Project>,
    pub glossary: Vec<GlossaryEntry>,
    pub pledges: Vec<Pledge>,
    pub dismissed: Vec<Dismissed>,
}

impl Extraction {
    /// Bring everything in the order of the text.
    pub fn sort(&mut self) {
        self.indicators.sort_by_key(|indicator| indicator.span);
        self.projects.sort_by_key(|project| project.span);
        self.pledges.sort_by_key(|pledge| pledge.span);
        self.dismissed.sort_by_key(|dismissed| dismissed.span);
    }
}

/// A document after all stages.
#[derive(Debug, Clone)]
pub struct Document {
    pub report_id: String,
    /// `report_id` where the very same bytes came before it in the run.
    pub id_as_copy: String,
    pub source: String,
    pub source_bytes: usize,
    pub format: SourceFormat,
    pub encoding: Option<&'static str>,
    pub outcome: Outcome,
    pub reason: Option<String>,
    /// The decoded source.
    pub decoded: String,
    pub clean: Clean,
    pub repairs: Vec<Repair>,
    pub identity: Identity,
    pub sections: Vec<Section>,
    pub extraction: Extraction,
    /// Flags of all stages.
    pub flags: Flags,
}
