//! The search for the text behind a run that was read one byte off.
//!
//! Every way in which the found characters can have come from source characters is a path through a lattice. A node says
//! how the bytes stand (in step, or with the first byte of a source character pending), which source character came last
//! and which word has begun; an edge reads the next found token, writes source characters, and is as likely as the models
//! find these and as the damage is ([`super::steps`]). The likeliest path is the repair; the share of all paths that
//! write the same at the same place is how far a character stands out.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::bigrams::{Bigrams, Symbol};
use super::gbk::Gbk;
use super::habits::Habits;
use super::lexicon::{BETWEEN, Walk};
use super::pairs::Pairs;
use super::sources::Sources;
use super::tokens::{Context, Found, Open, Token, is_mark};
use super::tree::Place;
use crate::clean::pinyin::PinyinRules;
use crate::clean::script::ScriptRules;
use crate::model::Script;

/// What the search stands on.
#[derive(Debug, Clone, Copy)]
pub struct Knowledge<'a> {
    pub bigrams: &'a Bigrams,
    pub words: Walk<'a>,
    pub gbk: &'a Gbk,
    pub sources: &'a Sources,
    pub pinyin: &'a PinyinRules,
    pub script_rules: &'a ScriptRules,
    /// Script of the document.
    pub script: Script,
    /// Pairs of characters of the document.
    pub pairs: &'a Pairs,
    /// What is known of the converter.
    pub habits: &'a Habits,
}

/// What an edge says of the damage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// In step: the token is what it looks like.
    Keep,
    /// A lead byte on its own, written as a mark.
    StartLone,
    StartFirstLost,
    StartSecondLost,
    StartSplit,
    /// Out of step.
    Inside,
    /// A pair that the converter left out.
    LeftOut,
    /// Back in step.
    End,
    /// Back in step; the mark took an ASCII character along.
    EndSwallow,
}

/// How the bytes stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Mode {
    InStep,
    /// The first byte of a source character is known.
    Pending(u8),
    /// It is not.
    Unknown,
    /// A pair was left out since it was, and it is lost; it is below A1, or not.
    LeftOut {
        low: bool,
    },
    /// More than one pair was left out, and whole characters are lost.
    Gap {
        low: bool,
    },
    /// It was read on its own and became a mark.
    Lone,
    /// It is not, but the reading of its character is: that of the half token with this index.
    Read(usize),
}

/// One step of the likeliest path.
#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    pub step: Step,
    /// The token read, none for a step that reads nothing.
    pub token: Option<usize>,
    /// Source characters written, `\0` for none; U+FFFD is an ASCII character that cannot be known.
    pub emit: [char; 2],
    /// It is known why a byte of the first of these characters is lost: a mark or a planted reading tells where the
    /// converter cut the text by its bytes; or what it is: it closes a bracket.
    pub told: bool,
    /// Both bytes of the first of these characters are there, or one and its planted reading.
    pub whole: bool,
    /// Share of all paths that write the first, and the second, of these characters here.
    pub share: [f32; 2],
}

/// The likeliest path, and how likely the text is as found.
#[derive(Debug, Clone)]
pub struct Best {
    pub path: Vec<Taken>,
    /// Per token: share of all paths that take it as it stands.
    pub kept: Vec<f32>,
}

impl Best {
    /// Does every character stand out, so that to know more of the converter can change nothing?
    pub fn is_certain(&self) -> bool {
        let certain = |taken: &Taken| {
            taken.step == Step::Keep || taken.whole && taken.share[0] >= CERTAIN && !taken.emit.contains(&'\u{FFFD}')
        };
        let starts = |taken: &Taken| taken.emit == ['\0'; 2];
        self.path.iter().all(|taken| starts(taken) || certain(taken) || taken.told && taken.share[0] >= CERTAIN)
    }
}

/// A character with a larger share of all paths is certain whatever else comes to be known.
const CERTAIN: f32 = 0.9999;
/// Pairs and words are two views of one thing: what each tells counts so much.
pub const WEIGHT: f32 = 0.7;
/// A path that is less likely than the likeliest by this factor is given up.
const BEAM: f64 = 1.0 / (1u64 << 34) as f64;
const NODES: usize = 160;
/// How much less likely than the last node kept of a full layer one of the next layer may be.
const BEHIND_LAST: f64 = 1.0 / 64.0;
/// What a closing mark with its partner is worth, squared where nothing else closes that; and a closing bracket without
/// one.
const PAIRED: f32 = 512.0;
const UNPAIRED: f32 = 1.0 / 64.0;
/// What it is worth that the same character was cut at the same mark elsewhere in the document.
const CUT_BEFORE: f32 = 8.0;
/// What a character of the other script is worth.
const OTHER_SCRIPT: f32 = 1.0 / 32.0;

#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    pub mode: Mode,
    pub symbol: Symbol,
    /// Last source character.
    pub last: char,
    pub word: Place,
    /// Likelihood of all paths here, and of the likeliest one, in terms of the likeliest node of the layer.
    pub all: f64,
    best: f64,
    /// The last edge of the likeliest path.
    by: u32,
}

#[derive(Debug, Clone, Copy)]
struct Edge {
    from: u32,
    to: u32,
    p: f64,
    /// The token read, or the one before which the step reads nothing.
    token: u32,
    emit: [char; 2],
    step: Step,
}

impl Edge {
    fn reads(&self) -> bool {
        !matches!(self.step, Step::StartFirstLost | Step::LeftOut)
    }
}

const NONE: u32 = u32::MAX;

/// What a step writes and where it leads.
#[derive(Debug, Clone, Copy)]
pub(super) struct Move {
    pub step: Step,
    pub mode: Mode,
    pub emit: [char; 2],
    pub p: f32,
}

/// Search the tokens, which stand in a context. Damage begins only at tokens of `zone`. Nothing where no
/// path ends in step, or where the text is likeliest as it stands.
pub fn search(knowledge: Knowledge<'_>, context: Context, found: &[Found], zone: Range<usize>) -> Option<Best> {
    let mut lattice = Lattice::new(knowledge, found, zone, context);
    lattice.build(context.before);
    lattice.best()
}

pub(super) struct Lattice<'a> {
    pub k: Knowledge<'a>,
    pub found: &'a [Found],
    pub zone: Range<usize>,
    /// Per token: the marks that are open before it in the text as found; does a bracket close behind it?
    open: Vec<Open>,
    closes: Vec<bool>,
    /// A mark of damage stands in the text.
    pub has_mark: bool,
    pub nodes: Vec<Node>,
    edges: Vec<Edge>,
    /// Nodes of the layer being filled, by what tells them apart; and those that read nothing and join this layer.
    next: FxHashMap<(Mode, char, Place), u32>,
    here: FxHashMap<(Mode, char, Place), u32>,
    /// Nodes that `here` gained.
    gained: Vec<u32>,
    /// Likelihood of the likeliest node of the layer being filled.
    top: f64,
    /// A path that is less likely than the likeliest by this factor is given up.
    beam: f64,
}

impl<'a> Lattice<'a> {
    fn new(k: Knowledge<'a>, found: &'a [Found], zone: Range<usize>, context: Context) -> Self {
        let (mut open, mut closing) = (context.open, context.closes);
        let mut closes = vec![false; found.len()];
        for (closes, token) in closes.iter_mut().zip(found).rev() {
            *closes = closing;
            closing = match token.char() {
                Some('(' | '（') => false,
                Some(')' | '）') => true,
                _ => closing,
            };
        }
        let mut before = Vec::with_capacity(found.len());
        for token in found {
            before.push(open);
            open = token.char().map_or(open, |c| open.behind(c));
        }
        Self {
            open: before,
            closes,
            k,
            found,
            zone,
            has_mark: found.iter().filter_map(Found::char).any(is_mark),
            nodes: Vec::new(),
            edges: Vec::new(),
            next: FxHashMap::default(),
            here: FxHashMap::default(),
            gained: Vec::new(),
            top: 0.0,
            beam: BEAM,
        }
    }

    fn build(&mut self, before: char) {
        let symbol = self.k.bigrams.symbol(before);
        self.nodes.push(Node {
            mode: Mode::InStep,
            symbol,
            last: before,
            word: BETWEEN,
            all: 1.0,
            best: 1.0,
            by: NONE,
        });
        let mut layer = vec![0];
        for i in 0..self.found.len() {
            self.next.clear();
            self.here.clear();
            self.top = 0.0;
            let first_edge = self.edges.len();
            // Steps that read nothing lead to nodes of this layer, which are then expanded in their turn.
            let mut wave = layer;
            while !wave.is_empty() {
                for node in wave {
                    self.expand(node, i);
                }
                wave = std::mem::take(&mut self.gained);
                self.here.clear();
            }
            layer = self.next_layer(first_edge);
        }
    }

    /// The nodes reached, the hopeless ones left out, their likelihoods in terms of the likeliest.
    fn next_layer(&mut self, first_edge: usize) -> Vec<u32> {
        let mut layer: Vec<u32> = self.next.values().copied().collect();
        let top = layer.iter().map(|n| self.nodes[*n as usize].all).fold(0.0, f64::max);
        if top <= 0.0 {
            return Vec::new();
        }
        for node in &layer {
            let node = &mut self.nodes[*node as usize];
            node.all /= top;
            node.best /= top;
        }
        for edge in self.edges[first_edge..].iter_mut().filter(|e| e.reads()) {
            edge.p /= top;
        }
        layer.retain(|n| self.nodes[*n as usize].all >= BEAM);
        layer.sort_unstable_by(|a, b| {
            self.nodes[*b as usize].all.total_cmp(&self.nodes[*a as usize].all).then(a.cmp(b))
        });
        layer.truncate(NODES);
        // Where more nodes come than are kept, those far behind the last one kept would not be either.
        let full = layer.last().filter(|_| layer.len() == NODES);
        self.beam = full.map_or(BEAM, |last| (self.nodes[*last as usize].all * BEHIND_LAST).max(BEAM));
        layer
    }

    /// How likely source character `c` is behind a node, by pairs. In step the pair itself is one of those of the
    /// document.
    pub fn likelihood(&self, before: Symbol, c: char, in_step: bool) -> f32 {
        let symbol = self.k.bigrams.symbol(c);
        let in_document = self.k.pairs.likelihood(before, symbol, u16::from(in_step));
        let p = self.k.bigrams.likelihood(before, symbol).max(in_document);
        if self.is_foreign(c) { p * OTHER_SCRIPT } else { p }
    }

    /// What it is worth that a closing mark has its partner in the text as found, or has none; and that a character was
    /// cut at this mark before.
    fn worth_of_mark(&self, token: usize, step: Step, c: char) -> f32 {
        let open = self.open[token];
        let behind = self.found.get(token + 1).and_then(Found::char);
        match c {
            _ if step == Step::Inside && self.is_cut(token) => {
                let mark = self.found[token].char().unwrap_or_default();
                let alone = matches!(c, '。' | '，' | '；') && matches!(behind, Some('、' | '，' | ',' | '。'));
                let before = self.k.habits.cuts.contains(&(c, mark));
                if alone {
                    UNPAIRED
                } else if before {
                    CUT_BEFORE
                } else {
                    1.0
                }
            }
            '。' | '，' | '；' if matches!(behind, Some('、' | '，' | ',' | '。')) => UNPAIRED,
            '）' if open.bracket && !self.closes[token] => PAIRED * PAIRED,
            '）' if open.bracket => PAIRED,
            '）' => UNPAIRED,
            '”' if open.quote => PAIRED,
            _ => 1.0,
        }
    }

    fn is_foreign(&self, c: char) -> bool {
        self.k.script_rules.is_foreign(c, self.k.script)
    }

    /// Take a step from a node; characters written are weighed here, what the damage is worth is in `step.p`.
    pub fn take(&mut self, from: u32, token: usize, step: Move) {
        let node = self.nodes[from as usize];
        let first = step.emit[0];
        if first == '\0' {
            return self.add(from, token, step, node.last, node.symbol, node.word, f64::from(step.p));
        }
        // No pair is likelier than certain: what is hopeless even so need not be looked up.
        let most = if matches!(first, '。' | '，' | '；' | '）' | '”') { PAIRED * PAIRED } else { CUT_BEFORE };
        if f64::from(step.p) * f64::from(most) * node.all < self.top * self.beam {
            return;
        }
        let symbol = self.k.bigrams.symbol(first);
        let behind_lost = node.last == '\u{FFFD}';
        let p = if behind_lost {
            // Neither the character nor the word before it is known.
            let p = self.k.bigrams.anywhere(symbol) * if self.is_foreign(first) { OTHER_SCRIPT } else { 1.0 };
            step.p * p * p
        } else {
            step.p * self.likelihood(node.symbol, first, step.step == Step::Keep)
        };
        let p = if step.step == Step::Keep { p } else { p * self.worth_of_mark(token, step.step, first) };
        if f64::from(p) * node.all < self.top * self.beam {
            return;
        }
        // What cannot be known is some ASCII mark or digit.
        let second = if step.emit[1] == '\u{FFFD}' { ',' } else { step.emit[1] };
        let words = if behind_lost {
            [(BETWEEN, 1.0), (BETWEEN, 0.0), (BETWEEN, 0.0)]
        } else {
            self.k.words.on(node.word, node.last, first)
        };
        for (place, of_word) in words {
            if of_word == 0.0 {
                continue;
            }
            let p = f64::from(p) * f64::from(of_word);
            if second == '\0' {
                self.add(from, token, step, first, symbol, place, p);
                continue;
            }
            let after = self.k.bigrams.symbol(second);
            let p = p * f64::from(self.k.bigrams.likelihood(symbol, after));
            for (place, of_word) in self.k.words.on(place, first, second) {
                self.add(from, token, step, second, after, place, p * f64::from(of_word));
            }
        }
    }

    /// Take a step that reads a token without being a source character: the path stands as behind a blank.
    pub fn take_as_blank(&mut self, from: u32, token: usize, step: Move) {
        let symbol = self.k.bigrams.symbol(' ');
        self.add(from, token, step, ' ', symbol, BETWEEN, f64::from(step.p));
    }

    /// Take a step over characters that are lost: `step.p` is worth all of them.
    pub fn take_as_lost(&mut self, from: u32, token: usize, step: Move) {
        let symbol = self.k.bigrams.symbol(' ');
        self.add(from, token, step, '\u{FFFD}', symbol, BETWEEN, f64::from(step.p));
    }

    #[expect(clippy::too_many_arguments, reason = "a step of the search is all of these")]
    fn add(&mut self, from: u32, token: usize, step: Move, last: char, symbol: Symbol, word: Place, p: f64) {
        let source = self.nodes[from as usize];
        let (all, best) = (source.all * p, source.best * p);
        let edge = Edge { from, to: 0, p, token: token as u32, emit: step.emit, step: step.step };
        let reads = edge.reads();
        if all <= 0.0 || all < self.top * self.beam {
            return;
        }
        let key = (step.mode, last, word);
        let known = if reads { self.next.get(&key) } else { self.here.get(&key) };
        let to = match known {
            Some(&node) => node,
            None => {
                let to = self.nodes.len() as u32;
                self.nodes.push(Node { mode: step.mode, symbol, last, word, all: 0.0, best: 0.0, by: NONE });
                if reads {
                    self.next.insert(key, to);
                } else {
                    self.here.insert(key, to);
                    self.gained.push(to);
                }
                to
            }
        };
        let node = &mut self.nodes[to as usize];
        node.all += all;
        if best > node.best {
            node.best = best;
            node.by = self.edges.len() as u32;
        }
        if reads {
            self.top = self.top.max(node.all);
        }
        self.edges.push(Edge { to, ..edge });
    }

    fn best(&self) -> Option<Best> {
        let mut finals: Vec<u32> =
            self.next.values().copied().filter(|n| self.nodes[*n as usize].mode == Mode::InStep).collect();
        finals.sort_unstable();
        let (last, _) = finals
            .iter()
            .map(|n| (*n, self.nodes[*n as usize].best))
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))?;
        let total: f64 = finals.iter().map(|n| self.nodes[*n as usize].all).sum();
        let behind = self.behind(&finals);
        let mut kept = vec![0.0f32; self.found.len()];
        let mut shares: FxHashMap<(u32, bool, u8, usize, char), f64> = FxHashMap::default();
        for edge in &self.edges {
            let from = &self.nodes[edge.from as usize];
            let through = from.all * edge.p * behind[edge.to as usize] / total;
            if through == 0.0 {
                continue;
            }
            if edge.step == Step::Keep {
                kept[edge.token as usize] += through as f32;
            }
            for (at, c) in edge.emit.into_iter().enumerate() {
                *shares.entry((edge.token, edge.reads(), losses(from.mode), at, c)).or_default() += through;
            }
        }
        let mut path = Vec::new();
        let mut at = last;
        while let Some(edge) = self.edges.get(self.nodes[at as usize].by as usize) {
            let losses = losses(self.nodes[edge.from as usize].mode);
            let share = |i: usize| match edge.emit[i] {
                '\0' => 1.0,
                // It stands for all that was left out.
                _ if matches!(self.nodes[edge.to as usize].mode, Mode::Gap { .. }) => 0.0,
                c => shares.get(&(edge.token, edge.reads(), losses, i, c)).map_or(0.0, |s| s.min(1.0) as f32),
            };
            path.push(Taken {
                step: edge.step,
                token: edge.reads().then_some(edge.token as usize),
                emit: edge.emit,
                told: self.is_told(edge),
                whole: self.is_whole(edge),
                share: [share(0), share(1)],
            });
            at = edge.from;
        }
        path.reverse();
        path.iter().any(|taken| taken.step != Step::Keep).then_some(Best { path, kept })
    }

    /// Is it known why the first character of the edge was cut?
    fn is_told(&self, edge: &Edge) -> bool {
        let token = edge.token as usize;
        let from = &self.nodes[edge.from as usize];
        let began = self.edges.get(from.by as usize).map(|before| before.step);
        // At the end of a line a bracket may stay open.
        let goes_on = token + 1 < self.found.len();
        if edge.emit[0] == '）' && self.open[token].bracket && goes_on && matches!(from.mode, Mode::Pending(_)) {
            return true;
        }
        match (began, from.mode) {
            (Some(Step::StartLone), Mode::Lone) => self.is_cut(token),
            (Some(Step::StartSplit), Mode::Pending(_)) => true,
            // The last character of a piece, where the document is known to be cut.
            (Some(Step::Inside | Step::StartSecondLost), Mode::Pending(_)) => {
                self.k.habits.cuts_texts()
                    && matches!(edge.step, Step::End | Step::EndSwallow)
                    && self.found[token].char().is_some_and(is_mark)
                    && matches!(self.found.get(token + 1).and_then(Found::char), Some('。' | '、'))
            }
            _ => false,
        }
    }

    /// Is the token a mark at which converters cut a text by its bytes?
    pub fn is_cut(&self, token: usize) -> bool {
        let c = self.found.get(token).and_then(Found::char);
        matches!(c, Some('?' | '？' | '!' | '！' | ';' | '；' | '。' | '、'))
    }

    /// Does the edge write a character of which both bytes are there, or one byte and its planted reading?
    fn is_whole(&self, edge: &Edge) -> bool {
        let first_is_there = matches!(self.nodes[edge.from as usize].mode, Mode::Pending(_));
        match self.found[edge.token as usize].token {
            Token::Char(c) => first_is_there && edge.reads() && !is_mark(c),
            Token::Half(_) => first_is_there,
            Token::Reading => false,
        }
    }

    /// Likelihood of all paths from each node to an end.
    fn behind(&self, finals: &[u32]) -> Vec<f64> {
        let mut behind = vec![0.0; self.nodes.len()];
        for node in finals {
            behind[*node as usize] = 1.0;
        }
        for edge in self.edges.iter().rev() {
            behind[edge.from as usize] += edge.p * behind[edge.to as usize];
        }
        behind
    }
}

/// Of two paths that write the same character, one may have lost another before it: that is not the same.
fn losses(mode: Mode) -> u8 {
    match mode {
        Mode::LeftOut { .. } => 1,
        Mode::Gap { .. } => 2,
        _ => 0,
    }
}
