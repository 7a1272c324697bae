#!/usr/bin/env python3
"""Build config/pinyin.tsv: every syllable of Mandarin without its tone, and the characters that can be read so.

The readings are those of the PyPI package `pypinyin` (MIT), restricted to the unified ideographs U+4E00..U+9FFF that
GBK or Big5 can write; ü is written v.

    pip download --no-deps pypinyin && python3 scripts/build_pinyin.py pypinyin-*.whl > config/pinyin.tsv
"""

import json
import sys
import unicodedata
import zipfile

TONES = {"\u0300", "\u0301", "\u0302", "\u0304", "\u030c"}


def toneless(reading):
    """xiàn -> xian, nǚ -> nv, ê̄ -> e."""
    kept = (c for c in unicodedata.normalize("NFD", reading) if c not in TONES)
    return unicodedata.normalize("NFC", "".join(kept)).replace("ü", "v").replace("ɡ", "g")


def writable(c):
    for encoding in ("gbk", "big5"):
        try:
            c.encode(encoding)
            return True
        except UnicodeEncodeError:
            pass
    return False


def main(wheel):
    with zipfile.ZipFile(wheel) as archive:
        table = json.loads(archive.read("pypinyin/pinyin_dict.json"))
    syllables = {}
    for code, readings in table.items():
        c = chr(int(code))
        if "\u4e00" <= c <= "\u9fff" and writable(c):
            for reading in readings.split(","):
                syllables.setdefault(toneless(reading), set()).add(c)
    print("# Built by scripts/build_pinyin.py from pypinyin (MIT): syllable without tone, characters read so.")
    for syllable in sorted(syllables):
        if syllable.isascii() and syllable.isalpha():
            print(syllable, "".join(sorted(syllables[syllable])), sep="\t")


if __name__ == "__main__":
    main(sys.argv[1])
