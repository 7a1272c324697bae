#!/usr/bin/env python3
"""Build config/words.bin: the commonest words of Chinese prose and how likely each is.

From the word frequencies of the PyPI package `jieba` (MIT) and the marks of the bundled reports; see build_bigrams.py,
whose symbols these are.

    python3 scripts/build_words.py jieba-*.tar.gz

Layout, little-endian: "GWRW" u32:version, then for each length 1 to 4: u32 count, count * length u16 codes in ascending
order, count u8 likelihoods, each stored as round(-8 * log2 p), at most 255.
"""

import math
import struct
import sys
from collections import Counter

from build_bigrams import ROOT, reports, simplifier, words

KEPT = {1: 8000, 2: 42000, 3: 10000, 4: 8000}


def main(archive):
    simple = simplifier()
    frequency = Counter()
    for word, n in words(archive, simple):
        frequency[word] += n
    total = sum(frequency.values())
    marks = Counter(c for text in reports(simple) for c in text if not "\u4e00" <= c <= "\u9fff")
    # A mark every eight characters, a word every two.
    share = 0.2
    likelihood = {w: (1 - share) * n / total for w, n in frequency.items()}
    for c, n in marks.items():
        likelihood[c] = share * n / sum(marks.values())
    out = bytearray(b"GWRW" + struct.pack("<I", 1))
    for length, kept in KEPT.items():
        chosen = sorted((w for w in likelihood if len(w) == length), key=lambda w: (-likelihood[w], w))[:kept]
        chosen.sort()
        out += struct.pack("<I", len(chosen))
        for word in chosen:
            out += struct.pack(f"<{length}H", *map(ord, word))
        out += bytes(min(255, round(-8 * math.log2(likelihood[w]))) for w in chosen)
    (ROOT / "config/words.bin").write_bytes(out)
    print(f"{len(out)} bytes")


if __name__ == "__main__":
    main(sys.argv[1])
