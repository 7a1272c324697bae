#!/usr/bin/env python3
"""Build config/bigrams.bin: how likely one character follows another in Chinese prose.

From the word frequencies of the PyPI package `jieba` (MIT) and the bundled reports in data/. Characters are taken in
their simplified form (config/opencc), so that one model serves both scripts; marks are taken full-width, every digit
is 0, every Latin letter is A, white space and line ends are a blank.

    pip download --no-deps --no-binary :all: jieba && python3 scripts/build_bigrams.py jieba-*.tar.gz

A pair inside a word has the likelihood of the word frequencies; any other pair that of a word ending in the first
character and one beginning with the second, P(b|a) = end(a) * start(b). Only pairs that are much likelier than that are
stored. Layout, little-endian; a likelihood p is stored as round(-8 * log2 p), at most 255:

    "GWRB" u32:version u32:characters u32:pairs
    per character, by code point:  u16 code, u8 likelihood, u8 end, u8 start, u8 unused, u32 first pair
    per pair, by the order of the first and the code of the second:  u16 codes, then all u8 likelihoods
"""

import math
import re
import struct
import sys
import tarfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAIRS = 150_000
MARKS = "，。、；：？！“”‘’（）《》—…·%-.~/"
FULL = dict(zip(",;:?!()", "，；：？！（）"))
READING = re.compile(r"[(（][a-zāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜüɡ]{1,7}[)）]", re.I)


def simplifier():
    table = {}
    for line in (ROOT / "config/opencc/TSCharacters.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            key, values = line.split("\t")
            if len(key) == 1 and ord(key) < 0x10000:
                table[key] = values.split(" ")[0]
    table["著"] = "着"
    return table


def symbol(c, simple):
    c = FULL.get(c, c)
    if c.isdigit() and (c.isascii() or "０" <= c <= "９"):
        return "0"
    if c.isascii() and c.isalpha():
        return "A"
    c = simple.get(c, c)
    if "\u4e00" <= c <= "\u9fff" or c == "〇" or c in MARKS:
        return c
    return " "


def words(archive, simple):
    """(word, frequency) of jieba's dictionary."""
    with tarfile.open(archive) as tar:
        name = next(n for n in tar.getnames() if n.endswith("jieba/dict.txt"))
        for line in tar.extractfile(name).read().decode("utf-8").splitlines():
            word, frequency, *_ = line.split(" ")
            word = "".join(symbol(c, simple) for c in word)
            if all("\u4e00" <= c <= "\u9fff" for c in word):
                yield word, int(frequency) + 1


def reports(simple):
    """The undamaged lines of the bundled reports."""
    for path in sorted((ROOT / "data").glob("*.txt")):
        for line in path.read_text("utf-8").splitlines():
            line = READING.sub("", line)
            if "?" not in line and len(line) > 20:
                text = "".join(symbol(c, simple) for c in line.strip())
                yield re.sub(r" +", "", re.sub(r"0+(\.0+)?", "0", text)).replace("  ", " ")


def main(archive):
    simple = simplifier()
    unigram, begins, ends, inside = Counter(), Counter(), Counter(), Counter()
    for word, n in words(archive, simple):
        for c in word:
            unigram[c] += n
        begins[word[0]] += n
        ends[word[-1]] += n
        for pair in zip(word, word[1:]):
            inside[pair] += n
    seen, seen_first = Counter(), Counter()
    for text in reports(simple):
        text = " " + text + " "
        for pair in zip(text, text[1:]):
            seen[pair] += 1
            seen_first[pair[0]] += 1

    # What is no Han character is known from the reports only; it takes its share of all beginnings.
    total = sum(unigram.values())
    total_seen = sum(seen_first.values())
    marks = {c: n / total_seen for c, n in seen_first.items() if c not in unigram}
    marks_mass = sum(marks.values())
    words_total = sum(begins.values())
    start = {c: (1 - marks_mass) * (n + 0.5) / words_total for c, n in begins.items()}
    start.update(marks)
    chars = sorted(set(unigram) | set(marks) | set("0A "))
    known = set(chars)
    floor = 0.25 / words_total

    def share(c):
        """Trust in the pairs seen in the reports."""
        n = seen_first[c]
        return n / (n + 60)

    def end(c):
        of_words = 1.0 if c in marks else (ends[c] + 0.5) / (unigram[c] + 1)
        return (1 - share(c)) * of_words + share(c) * 0.15

    def likelihood(a, b):
        of_words = inside[a, b] / unigram[a] if inside[a, b] else 0.0
        of_reports = seen[a, b] / seen_first[a] if seen_first[a] else 0.0
        rest = end(a) * start.get(b, floor)
        return (1 - share(a)) * of_words + share(a) * of_reports * 0.85 + rest, rest

    candidates = []
    for a, b in set(inside) | set(seen):
        if a in known and b in known:
            p, rest = likelihood(a, b)
            weight = p * (unigram[a] / total + seen_first[a] / total_seen)
            gain = weight * math.log2(p / rest)
            if p > 2 * rest:
                candidates.append((gain, a, b, p))
    candidates.sort(key=lambda c: (-c[0], c[1], c[2]))
    kept = {}
    for _, a, b, p in candidates[:PAIRS]:
        kept.setdefault(a, []).append((ord(b), p))

    def bits(p):
        return max(0, min(255, round(-8 * math.log2(p)))) if p > 0 else 255

    out = bytearray(b"GWRB" + struct.pack("<III", 1, len(chars), sum(map(len, kept.values()))))
    codes, values, first = [], [], 0
    for c in chars:
        pairs = sorted(kept.get(c, []))
        of_all = 0.5 * unigram[c] / total + 0.5 * seen_first[c] / total_seen
        out += struct.pack("<HBBBBI", ord(c), bits(of_all), bits(end(c)), bits(start.get(c, floor)), 0, first)
        codes += [code for code, _ in pairs]
        values += [bits(p) for _, p in pairs]
        first += len(pairs)
    out += struct.pack(f"<{len(codes)}H", *codes) + bytes(values)
    (ROOT / "config/bigrams.bin").write_bytes(out)
    print(f"{len(chars)} characters, {first} of {len(candidates)} pairs, {len(out)} bytes")


if __name__ == "__main__":
    main(sys.argv[1])
