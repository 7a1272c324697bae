//! The search for the text behind a run that was read one byte off.
//!
//! Every way in which the found characters can have come from source characters is a path through a lattice. A node says
//! how the bytes stand (in step, or with the first byte of a source character pending) and which source character came
//! last; an edge reads the next found token, writes source characters, and costs what the bigram model says of them plus
//! what the damage itself is worth. The cheapest path is the repair; the share of all paths that go through an edge is
//! how far its characters stand out.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::bigrams::{Bigrams, Symbol};
use super::gbk::{Gbk, is_lead, is_private};
use super::lexicon::{self, Lexicon};
use crate::clean::pinyin::{PinyinRules, Syllable};
use crate::clean::script::ScriptRules;
use crate::model::Script;
use crate::text::{Span, is_han};

/// A unit of the found text.
#[derive(Debug, Clone, PartialEq)]
pub enum Token {
    Char(char),
    /// A planted reading in its brackets; it stands between two characters and belongs to neither.
    Reading,
    /// A mark of damage and the rest of a planted reading whose opening bracket it swallowed.
    Half(Syllable),
}

/// A token and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    pub token: Token,
    /// Bytes of the decoded source.
    pub span: Span,
}

/// What the search stands on.
#[derive(Debug, Clone, Copy)]
pub struct Knowledge<'a> {
    pub bigrams: &'a Bigrams,
    pub lexicon: &'a Lexicon,
    pub gbk: &'a Gbk,
    pub pinyin: &'a PinyinRules,
    pub script_rules: &'a ScriptRules,
    /// Script of the document.
    pub script: Script,
}

/// What an edge says of the damage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// One step of the cheapest path.
#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    pub step: Step,
    /// The token read, none for a step that reads nothing.
    pub token: Option<usize>,
    /// Source characters written, `\0` for none; U+FFFD is an ASCII character that cannot be known.
    pub emit: [char; 2],
    /// Share of all paths that write the first, and the second, of these characters here.
    pub share: [f32; 2],
}

/// The best path, and how likely the text is as found.
#[derive(Debug, Clone)]
pub struct Best {
    pub path: Vec<Taken>,
    /// Per token: share of all paths that take it as it stands.
    pub kept: Vec<f32>,
}

// Costs of the damage, in bits.
const START_AT_MARK: f32 = 8.0;
const START_UNMARKED: f32 = 24.0;
const START_SPLIT: f32 = 6.0;
const END_AT_MARK: f32 = 2.0;
const SWALLOW: f32 = 3.0;
const LONE_BEFORE_HAN: f32 = 9.0;
const MARKED_PAIR: f32 = 7.0;
const LEFT_OUT: f32 = 4.0;
const OTHER_SCRIPT: f32 = 7.0;
/// What a mark of damage costs where it is taken as it stands.
const MARK_KEPT: f32 = 7.0;
/// Cheaper paths than this many bits behind the best are followed.
const BEAM: f32 = 26.0;
const NODES: usize = 300;
/// Pairs and words are two views of one thing: what each tells counts so much.
const JUDGED: f32 = 0.7;
/// So many of the cheapest paths are judged by their words.
const PATHS: usize = 800;
const PARTIAL: usize = 400_000;
/// Cost of a bracket or quote without its partner, in bits.
const UNPAIRED: f32 = 9.0;
/// A source character that costs more makes the search look for pairs that were left out.
const POOR: f32 = 6.0;
/// Source characters beside a pair that was left out cost no more than this.
const LIKELY: f32 = 15.0;

/// A partial path from the end backwards, by the cost of the cheapest path that it is part of.
#[derive(Debug, Clone, Copy)]
struct Ahead {
    cost: f32,
    behind: f32,
    node: u32,
    partial: u32,
}

impl PartialEq for Ahead {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Ahead {}

impl PartialOrd for Ahead {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ahead {
    fn cmp(&self, other: &Self) -> Ordering {
        self.cost.total_cmp(&other.cost).then(self.partial.cmp(&other.partial))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Mode {
    InStep,
    /// The first byte of a source character is known.
    Pending(u8),
    /// It is not; so many pairs were left out since it was.
    Unknown(u8),
    /// It was read on its own and became a mark.
    Lone,
    /// It is not, but the reading of its character is: that of the half token with this index.
    Read(usize),
}

#[derive(Debug, Clone, Copy)]
struct Node {
    mode: Mode,
    symbol: Symbol,
    /// Cost of the cheapest path here.
    cost: f32,
    /// Cost of all paths here together.
    all: f32,
}

#[derive(Debug, Clone, Copy)]
struct Edge {
    from: u32,
    to: u32,
    cost: f32,
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

/// Search the tokens, which stand behind the character `before`. Damage begins only at tokens of `zone`. Nothing where no
/// path ends in step.
pub fn search(knowledge: Knowledge<'_>, before: char, found: &[Found], zone: Range<usize>) -> Option<Best> {
    let mut lattice = Lattice::new(knowledge, found, zone);
    lattice.build(before);
    lattice.best()
}

struct Lattice<'a> {
    k: Knowledge<'a>,
    found: &'a [Found],
    zone: Range<usize>,
    nodes: Vec<Node>,
    edges: Vec<Edge>,
    /// Nodes of the layer being filled, by what tells them apart.
    index: FxHashMap<(Mode, char), u32>,
    /// Last source character of each node.
    last: Vec<char>,
    at_line_start: bool,
}

impl<'a> Lattice<'a> {
    fn new(k: Knowledge<'a>, found: &'a [Found], zone: Range<usize>) -> Self {
        Self {
            k,
            found,
            zone,
            nodes: Vec::new(),
            edges: Vec::new(),
            index: FxHashMap::default(),
            last: Vec::new(),
            at_line_start: false,
        }
    }

    fn build(&mut self, before: char) {
        self.at_line_start = matches!(before, '\n' | ' ');
        let mut layer = vec![self.add_node(Mode::InStep, before, 0.0)];
        for i in 0..self.found.len() {
            // Nodes of the next layer are found anew; those that read nothing join this layer through `extra`.
            self.index.clear();
            let mut extra: Vec<u32> = Vec::new();
            let best = layer.iter().map(|n| self.nodes[*n as usize].cost).fold(f32::INFINITY, f32::min);
            let mut at = 0;
            while at < layer.len() + extra.len() {
                let node = if at < layer.len() { layer[at] } else { extra[at - layer.len()] };
                let cost = self.nodes[node as usize].cost;
                if at < layer.len() || cost <= best + START_UNMARKED + 2.0 {
                    self.expand(node, i, &mut extra);
                }
                at += 1;
            }
            layer = self.next_layer();
        }
    }

    /// The nodes reached, the hopeless ones left out.
    fn next_layer(&mut self) -> Vec<u32> {
        let mut layer: Vec<u32> = self.index.values().copied().collect();
        let best = layer.iter().map(|n| self.nodes[*n as usize].cost).fold(f32::INFINITY, f32::min);
        layer.retain(|n| {
            let node = &self.nodes[*n as usize];
            node.cost <= best + BEAM || node.mode == Mode::InStep && node.cost.is_finite()
        });
        layer.sort_unstable_by(|a, b| {
            self.nodes[*a as usize].cost.total_cmp(&self.nodes[*b as usize].cost).then(a.cmp(b))
        });
        layer.truncate(NODES);
        layer
    }

    fn add_node(&mut self, mode: Mode, last: char, cost: f32) -> u32 {
        let symbol = self.k.bigrams.symbol(last);
        self.nodes.push(Node { mode, symbol, cost, all: cost });
        self.last.push(last);
        (self.nodes.len() - 1) as u32
    }

    fn add_edge(&mut self, from: u32, to: u32, cost: f32, token: usize, emit: [char; 2], step: Step) {
        self.edges.push(Edge { from, to, cost, token: token as u32, emit, step });
        let source = self.nodes[from as usize];
        let node = &mut self.nodes[to as usize];
        node.cost = node.cost.min(source.cost + cost);
        node.all = add_bits(node.all, source.all + cost);
    }

    /// An edge into the next layer.
    #[expect(clippy::too_many_arguments, reason = "a step of the search is all of these")]
    fn step(&mut self, from: u32, mode: Mode, last: char, cost: f32, token: usize, emit: [char; 2], step: Step) {
        // Hopeless from the start: do not even make the node.
        if !cost.is_finite() {
            return;
        }
        let to = match self.index.get(&(mode, last)) {
            Some(&node) => node,
            None => {
                let node = self.add_node(mode, last, f32::INFINITY);
                self.index.insert((mode, last), node);
                node
            }
        };
        self.add_edge(from, to, cost, token, emit, step);
    }

    /// Cost of source character `c` behind node `from`.
    fn cost_of(&self, from: u32, c: char) -> f32 {
        let bits = self.k.bigrams.cost(self.nodes[from as usize].symbol, self.k.bigrams.symbol(c));
        let foreign = match self.k.script {
            Script::Hans => self.k.script_rules.is_hant_only(c),
            Script::Hant => self.k.script_rules.is_hans_only(c),
            Script::Mixed => false,
        };
        if foreign { bits + OTHER_SCRIPT } else { bits }
    }

    fn expand(&mut self, node: u32, i: usize, extra: &mut Vec<u32>) {
        let token = self.found[i].token.clone();
        match (self.nodes[node as usize].mode, token) {
            (Mode::InStep, Token::Reading) => {
                let last = self.last[node as usize];
                self.step(node, Mode::InStep, last, 0.0, i, ['\0'; 2], Step::Keep);
            }
            (Mode::InStep, Token::Half(_)) => {
                // As found: a mark, and a reading that belongs to nothing.
                self.step(node, Mode::InStep, ' ', 16.0, i, ['\0'; 2], Step::Keep);
                if self.zone.contains(&i) {
                    let last = self.last[node as usize];
                    self.step(node, Mode::Read(i), last, START_SPLIT, i, ['\0'; 2], Step::StartSplit);
                }
            }
            (Mode::InStep, Token::Char(c)) => self.expand_in_step(node, i, c, extra),
            (mode, Token::Half(syllable)) => {
                for c in self.characters(mode, None) {
                    if self.k.pinyin.is_reading(c, &syllable) {
                        let cost = self.cost_of(node, c) + END_AT_MARK;
                        self.step(node, Mode::InStep, c, cost, i, [c, '\0'], Step::EndSwallow);
                    }
                }
            }
            (_, Token::Reading) => {}
            (mode, Token::Char(c)) => self.expand_pending(node, mode, i, c, extra),
        }
    }

    fn expand_in_step(&mut self, node: u32, i: usize, c: char, extra: &mut Vec<u32>) {
        let marked = if is_mark(c) { MARK_KEPT } else { 0.0 };
        let cost = self.k.bigrams.cost(self.nodes[node as usize].symbol, self.k.bigrams.symbol(c)) + marked;
        self.step(node, Mode::InStep, c, cost, i, [c, '\0'], Step::Keep);
        if !self.zone.contains(&i) {
            return;
        }
        let last = self.last[node as usize];
        if is_mark(c) {
            self.step(node, Mode::Lone, last, START_AT_MARK, i, ['\0'; 2], Step::StartLone);
        }
        let Some((lead, trail)) = self.k.gbk.pair(c) else { return };
        let to = self.add_node(Mode::Unknown(0), last, f32::INFINITY);
        self.add_edge(node, to, START_UNMARKED, i, ['\0'; 2], Step::StartFirstLost);
        extra.push(to);
        if is_lead(trail) {
            for second in 0x40..=0xFE {
                if let Some(source) = self.source(lead, second) {
                    let cost = self.cost_of(node, source) + START_UNMARKED;
                    self.step(node, Mode::Pending(trail), source, cost, i, [source, '\0'], Step::StartSecondLost);
                }
            }
        }
    }

    fn expand_pending(&mut self, node: u32, mode: Mode, i: usize, c: char, extra: &mut Vec<u32>) {
        let mut best = f32::INFINITY;
        // An ASCII byte that is the second byte of the pending character.
        if c.is_ascii() && (0x40..0x7F).contains(&(c as u32)) {
            for source in self.characters(mode, Some(c as u8)) {
                let cost = self.cost_of(node, source);
                best = best.min(cost);
                self.step(node, Mode::InStep, source, cost, i, [source, '\0'], Step::End);
            }
        }
        let folded = ('!'..='~').contains(&c).then(|| (0xA3, c as u8 + 0x80));
        for (first, second) in self.k.gbk.pair(c).into_iter().chain(folded) {
            for source in self.characters(mode, Some(first)) {
                let cost = self.cost_of(node, source);
                best = best.min(cost);
                if is_lead(second) {
                    self.step(node, Mode::Pending(second), source, cost, i, [source, '\0'], Step::Inside);
                } else {
                    // The second byte is an ASCII character of the source.
                    let letter = char::from(second);
                    let after = self.k.bigrams.cost(self.k.bigrams.symbol(source), self.k.bigrams.symbol(letter));
                    self.step(node, Mode::InStep, letter, cost + after, i, [source, letter], Step::End);
                }
            }
        }
        if is_mark(c) {
            self.end_at_mark(node, mode, i);
        }
        let look = match mode {
            Mode::Pending(_) => best > POOR,
            Mode::Unknown(drops) => drops == 1 && best > POOR,
            _ => false,
        };
        if look {
            self.left_out(node, mode, i, extra);
        }
    }

    /// A mark where the run falls into step again, or where a pair is none of GBK's.
    fn end_at_mark(&mut self, node: u32, mode: Mode, i: usize) {
        let swallowed = self.swallowed_digit(i);
        let (end, swallow) = self.costs_at_mark(i);
        for source in self.characters(mode, None) {
            let cost = self.cost_of(node, source) + END_AT_MARK;
            if cost > BEAM / 2.0 + 4.0 {
                continue;
            }
            self.step(node, Mode::InStep, source, cost + end, i, [source, '\0'], Step::End);
            let after = self.k.bigrams.symbol(source);
            match swallowed {
                Some(digit) => {
                    let cost = cost + self.k.bigrams.cost(after, self.k.bigrams.symbol(digit)) - 1.0;
                    self.step(node, Mode::InStep, digit, cost, i, [source, digit], Step::EndSwallow);
                }
                None => {
                    for ascii in [',', '0', ' '] {
                        let cost = cost + swallow + self.k.bigrams.cost(after, self.k.bigrams.symbol(ascii));
                        self.step(node, Mode::InStep, ascii, cost, i, [source, '\u{FFFD}'], Step::EndSwallow);
                    }
                }
            }
            // Both bytes are leads and no pair: still out of step.
            if let Some((_, second)) = self.k.gbk.pair(source)
                && is_lead(second)
                && !(0xB0..=0xF7).contains(&second)
                && cost < LIKELY + END_AT_MARK
            {
                let cost = cost - END_AT_MARK + MARKED_PAIR;
                self.step(node, Mode::Unknown(1), source, cost, i, [source, '\0'], Step::Inside);
            }
        }
    }

    /// Pairs of the private-use area that the converter left out without a trace.
    fn left_out(&mut self, node: u32, mode: Mode, i: usize, extra: &mut Vec<u32>) {
        let drops = if let Mode::Unknown(drops) = mode { drops } else { 0 };
        for second in (0xAA..=0xAFu8).chain(0xF8..=0xFE) {
            for source in self.characters(mode, Some(second)) {
                let cost = self.cost_of(node, source) + LEFT_OUT;
                if cost > LEFT_OUT + LIKELY {
                    continue;
                }
                let to = self.add_node(Mode::Unknown(drops + 1), source, f32::INFINITY);
                self.add_edge(node, to, cost, i, [source, '\0'], Step::LeftOut);
                extra.push(to);
            }
        }
    }

    /// The digit that a mark swallowed, where what follows is the rest of a year.
    fn swallowed_digit(&self, i: usize) -> Option<char> {
        let mut rest = self.found[i + 1..].iter().map(|f| &f.token);
        let mut digits = [' '; 3];
        for digit in &mut digits {
            match rest.next() {
                Some(Token::Char(c)) if c.is_ascii_digit() => *digit = *c,
                _ => return None,
            }
        }
        match (digits[0], rest.next()) {
            ('0', Some(Token::Char('年'))) => Some('2'),
            ('9', Some(Token::Char('年'))) => Some('1'),
            _ => None,
        }
    }

    /// What it costs that a mark stands for a lead byte alone, and that it took an ASCII character along. A converter
    /// comes to a lead byte alone before an ASCII character, which is either left standing or gone.
    fn costs_at_mark(&self, i: usize) -> (f32, f32) {
        match self.found.get(i + 1) {
            Some(Found { token: Token::Char(c), .. }) if is_han(*c) => (LONE_BEFORE_HAN, 1.0),
            _ => (0.0, SWALLOW),
        }
    }

    /// A character that a source can hold.
    fn source(&self, lead: u8, trail: u8) -> Option<char> {
        let known = |c: &char| self.k.bigrams.symbol(*c) != 0 && *c != '\u{3000}';
        self.k.gbk.character(lead, trail).filter(|c| !is_private(*c) && (is_han(*c) || known(c)))
    }

    /// The source characters that a pending byte and a second byte can make; every second byte where it is lost.
    fn characters(&self, mode: Mode, second: Option<u8>) -> Vec<char> {
        let leads = match mode {
            Mode::Pending(lead) => lead..=lead,
            _ => 0x81..=0xFE,
        };
        let mut characters = Vec::new();
        for lead in leads {
            match second {
                Some(second) => characters.extend(self.source(lead, second)),
                None => characters.extend((0x40..=0xFE).filter_map(|second| self.source(lead, second))),
            }
        }
        if let Mode::Read(half) = mode
            && let Token::Half(syllable) = &self.found[half].token
        {
            characters.retain(|c| self.k.pinyin.is_reading(*c, syllable));
        } else if matches!(mode, Mode::Unknown(_) | Mode::Lone) && second.is_none() {
            // Nothing at all is known of the character: there is nothing to find.
            characters.clear();
        }
        characters
    }

    fn best(&self) -> Option<Best> {
        let mut finals: Vec<u32> =
            self.index.values().copied().filter(|n| self.nodes[*n as usize].mode == Mode::InStep).collect();
        finals.sort_unstable();
        let behind = self.behind(&finals);
        let total = finals.iter().fold(f32::INFINITY, |sum, n| add_bits(sum, self.nodes[*n as usize].all));
        let mut kept = vec![0.0f32; self.found.len()];
        for edge in self.edges.iter().filter(|e| e.step == Step::Keep) {
            let through = self.nodes[edge.from as usize].all + edge.cost + behind[edge.to as usize];
            kept[edge.token as usize] += (total - through).exp2();
        }
        let paths = self.cheapest(&finals);
        if paths.first()?.1.iter().all(|e| self.edges[*e as usize].step == Step::Keep) {
            return None;
        }
        let mut path = self.judged(&paths);
        self.weigh(&mut path, &behind, total);
        Some(Best { path, kept })
    }

    /// The cheapest paths in ascending order, as lists of edges.
    fn cheapest(&self, finals: &[u32]) -> Vec<(f32, Vec<u32>)> {
        let mut first_in = vec![0u32; self.nodes.len() + 1];
        for edge in &self.edges {
            first_in[edge.to as usize + 1] += 1;
        }
        for i in 0..self.nodes.len() {
            first_in[i + 1] += first_in[i];
        }
        let mut into = vec![0u32; self.edges.len()];
        let mut fill = first_in.clone();
        for (i, edge) in self.edges.iter().enumerate() {
            into[fill[edge.to as usize] as usize] = i as u32;
            fill[edge.to as usize] += 1;
        }
        // Partial paths from the end backwards: (edge, the partial path behind it).
        let mut partial: Vec<(u32, u32)> = Vec::new();
        let mut heap = BinaryHeap::new();
        for node in finals {
            heap.push(Reverse(Ahead {
                cost: self.nodes[*node as usize].cost,
                behind: 0.0,
                node: *node,
                partial: NONE,
            }));
        }
        let mut paths = Vec::new();
        while let Some(Reverse(ahead)) = heap.pop() {
            if ahead.node == 0 {
                let mut edges = Vec::new();
                let mut at = ahead.partial;
                while at != NONE {
                    let (edge, next) = partial[at as usize];
                    edges.push(edge);
                    at = next;
                }
                paths.push((ahead.cost, edges));
                if paths.len() == PATHS || partial.len() > PARTIAL {
                    break;
                }
                continue;
            }
            for &i in &into[first_in[ahead.node as usize] as usize..first_in[ahead.node as usize + 1] as usize] {
                let edge = self.edges[i as usize];
                let behind = ahead.behind + edge.cost;
                let cost = self.nodes[edge.from as usize].cost + behind;
                if cost.is_finite() && paths.first().is_none_or(|(best, _): &(f32, Vec<u32>)| cost <= best + BEAM) {
                    partial.push((i, ahead.partial));
                    heap.push(Reverse(Ahead { cost, behind, node: edge.from, partial: (partial.len() - 1) as u32 }));
                }
            }
        }
        paths
    }

    /// The best of the paths once words count too, with the share of the paths that agree with each of its steps.
    fn judged(&self, paths: &[(f32, Vec<u32>)]) -> Vec<Taken> {
        let costs: Vec<f32> = paths.iter().map(|(cost, edges)| (cost + self.word_cost(edges)) * JUDGED).collect();
        let best = costs.iter().enumerate().min_by(|a, b| a.1.total_cmp(b.1)).map_or(0, |(i, _)| i);
        let weights: Vec<f32> = costs.iter().map(|c| (costs[best] - c).exp2()).collect();
        let total: f32 = weights.iter().sum();
        let mut shares: FxHashMap<(u32, bool, usize, char), f32> = FxHashMap::default();
        for ((_, edges), weight) in paths.iter().zip(&weights) {
            for edge in edges.iter().map(|e| &self.edges[*e as usize]).filter(|e| e.step != Step::Keep) {
                for (at, c) in edge.emit.into_iter().enumerate() {
                    *shares.entry((edge.token, edge.reads(), at, c)).or_default() += weight / total;
                }
            }
        }
        let share = |edge: &Edge, at: usize| {
            shares.get(&(edge.token, edge.reads(), at, edge.emit[at])).map_or(1.0, |share| share.min(1.0))
        };
        let edges = paths[best].1.iter().map(|e| &self.edges[*e as usize]);
        edges
            .map(|edge| Taken {
                step: edge.step,
                token: edge.reads().then_some(edge.token as usize),
                emit: edge.emit,
                share: [share(edge, 0), share(edge, 1)],
            })
            .collect()
    }

    /// A character whose bytes are both there is as certain as its place in step: hold it against all paths, too, of
    /// which the cheapest are only a part.
    fn weigh(&self, path: &mut [Taken], behind: &[f32], total: f32) {
        let mut shares: FxHashMap<(u32, char), f32> = FxHashMap::default();
        for edge in self.edges.iter().filter(|e| e.reads() && e.step != Step::Keep) {
            let through = self.nodes[edge.from as usize].all + edge.cost + behind[edge.to as usize];
            *shares.entry((edge.token, edge.emit[0])).or_default() += (total - through).exp2();
        }
        for i in 1..path.len() {
            let known = matches!(path[i - 1].step, Step::Inside | Step::StartSecondLost)
                && matches!(path[i].step, Step::Inside | Step::End);
            if let (true, Some(token)) = (known, path[i].token)
                && !matches!(self.found[token].token, Token::Char(c) if is_mark(c))
            {
                let share = shares.get(&(token as u32, path[i].emit[0])).copied().unwrap_or(0.0);
                path[i].share[0] = path[i].share[0].min(share);
            }
        }
    }

    /// What words and paired marks say of a path, in bits.
    fn word_cost(&self, edges: &[u32]) -> f32 {
        let text = edges.iter().flat_map(|e| self.edges[*e as usize].emit).filter(|c| !matches!(c, '\0' | '\u{FFFD}'));
        // No line begins with a closing mark.
        let closing = |c: char| "、。，；：！？）”".contains(c);
        let mut cost = if self.at_line_start && text.clone().next().is_some_and(closing) { UNPAIRED } else { 0.0 };
        let (mut brackets, mut quotes) = (0i32, 0i32);
        for c in text.clone() {
            let (depth, by) = match c {
                '(' | '（' => (&mut brackets, 1),
                ')' | '）' => (&mut brackets, -1),
                '“' => (&mut quotes, 1),
                '”' => (&mut quotes, -1),
                _ => continue,
            };
            *depth += by;
            if *depth < 0 || *depth > 1 {
                *depth = (*depth).clamp(0, 1);
                cost += UNPAIRED;
            }
        }
        cost += UNPAIRED * (brackets + quotes) as f32;
        cost + self.k.lexicon.cost(&lexicon::symbols(self.k.script_rules, text))
    }

    /// Cost of all paths from each node to an end.
    fn behind(&self, finals: &[u32]) -> Vec<f32> {
        let mut behind = vec![f32::INFINITY; self.nodes.len()];
        for node in finals {
            behind[*node as usize] = 0.0;
        }
        for edge in self.edges.iter().rev() {
            let from = edge.from as usize;
            behind[from] = add_bits(behind[from], edge.cost + behind[edge.to as usize]);
        }
        behind
    }
}

/// A mark that a converter writes for what it cannot read.
pub fn is_mark(c: char) -> bool {
    c == '?' || c == '\u{FFFD}'
}

/// The cost of either of two ways: -log2(2^-a + 2^-b).
fn add_bits(a: f32, b: f32) -> f32 {
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    if high - low > 40.0 || high.is_infinite() { low } else { low - (1.0 + (low - high).exp2()).log2() }
}
