#!/usr/bin/env python3
"""Write config/common_words.txt anew: the everyday vocabulary that the names of projects are held against.

Every word is one of the dictionary of the PyPI package `jieba` (MIT), of two to five characters, no name of a place. The
choice among them was made for the prose of reports: a word that no report uses covers nothing, and a rare one that
happens to stand inside a proper name hides it (all of the dictionary, or its commonest words alone, found fewer
projects). So the choice is kept in the list itself, and this script holds it against the dictionary:

    pip download --no-deps --no-binary :all: jieba && python3 scripts/build_common_words.py jieba-*.tar.gz [TABLES]

Words that the dictionary does not have, or has as places, are dropped and told; a word may be added by hand. With the
tables of a run (needs pyarrow) it also prints which other words of the dictionary the reports use most, for a decision.
"""

import sys
import tarfile
from collections import Counter
from pathlib import Path

LIST = Path(__file__).resolve().parent.parent / "config/common_words.txt"
HEADER = """\
# Everyday words that the names of projects are held against: what they do not cover is a proper name.
# From the dictionary of the PyPI package jieba (MIT), by scripts/build_common_words.py; one word a line, in order.
"""
LENGTHS = range(2, 6)
PLACE = "ns"
# How the dictionary marks names of people, places, bodies and brands.
NAMES = ("ns", "nr", "nt", "nz")
# Reports that use a word, for it to be told.
REPORTS = 10


def dictionary(archive):
    """Words with their marks."""
    with tarfile.open(archive) as package:
        member = next(m for m in package.getmembers() if m.name.endswith("/jieba/dict.txt"))
        lines = package.extractfile(member).read().decode("utf8").splitlines()
    return {word: mark for word, _, mark in (line.split(" ") for line in lines)}


def used(tables, words):
    """How many reports use each of the words."""
    import pyarrow.parquet as parquet

    rows = parquet.read_table(f"{tables}/sections.parquet", columns=["report_id", "text"]).to_pylist()
    seen = set()
    for row in rows:
        text = row["text"]
        pieces = (text[at : at + length] for length in LENGTHS for at in range(len(text) - length + 1))
        seen.update((row["report_id"], piece) for piece in pieces if piece in words)
    return Counter(word for _, word in seen)


def main(archive, tables=None):
    marks = dictionary(archive)
    old = {line.strip() for line in LIST.read_text("utf8").splitlines() if line.strip() and not line.startswith("#")}
    kept = sorted(word for word in old if len(word) in LENGTHS and marks.get(word, PLACE) != PLACE)
    for word in sorted(old - set(kept)):
        print("dropped:", word)
    LIST.write_text(HEADER + "".join(word + "\n" for word in kept), "utf8")
    print(f"{len(kept)} words")
    if tables:
        others = {w for w, mark in marks.items() if len(w) in LENGTHS and not mark.startswith(NAMES)} - set(kept)
        for word, reports in sorted(used(tables, others).items(), key=lambda item: (-item[1], item[0])):
            if reports >= REPORTS:
                print(f"in {reports} reports: {word}")


if __name__ == "__main__":
    main(*sys.argv[1:])
