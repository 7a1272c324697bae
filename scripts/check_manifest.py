#!/usr/bin/env python3
"""Hold a run's reports against a manifest: are level, region and year right for every document?

    python3 scripts/check_manifest.py MANIFEST.tsv OUT [--show]

MANIFEST.tsv is tab-separated with a header and the columns file, level, region and year. `level` is national, province,
prefecture, county (a note in brackets may follow), township, functional zone, or negative; `region` names the region
from the province down without any separator, provinces and prefectures in full or in short (河北保定清苑县). OUT is
the folder of a run. A negative is right when it was rejected or typed digest or other; all others have to be read as
work reports (or duplicates of one). Files that the manifest names and the run does not have are wrong.
Exit code 0 when at least 98 % of the documents are right in all three.
"""

import argparse
import csv
import os
import sys

import pyarrow.parquet as pq

UNITS = ("特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "自治州", "地区", "省", "市", "盟", "州")


def short(name):
    """Province or prefecture without its unit: 保定 for 保定市."""
    unit = next((u for u in UNITS if name.endswith(u) and len(name) > len(u) + 1), "")
    return name[: len(name) - len(unit)]


def ways(report):
    """Every way to write the report's region from the province down, with units or without."""
    parts = [report[k] for k in ("province", "prefecture", "county") if report[k]]
    found = {""}
    for part in parts:
        found = {head + tail for head in found for tail in (part, short(part))}
    return found


def level_of(text):
    return text.split("(")[0].split("（")[0].strip()


def judge(row, report):
    """{field: right} for one line of the manifest."""
    level = level_of(row["level"])
    if level == "negative":
        refused = report["outcome"] == "rejected" or report["doc_type"] in ("digest", "other")
        return {"refused": refused}
    right = {"read": report["outcome"] != "rejected" and report["doc_type"] == "work_report"}
    if level == "functional zone":
        right["level"] = report["region_code"] is None and "functional_zone" in (report["flags"] or [])
        right["region"] = any(row["region"].startswith(way) for way in ways(dict(report, county=None)) if way)
    else:
        right["level"] = report["level"] == level
        right["region"] = row["region"] in ways(report)
    right["year"] = str(report["report_year"]) == row["year"]
    return right


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("manifest")
    parser.add_argument("out")
    parser.add_argument("--show", action="store_true", help="also print the documents that are right")
    args = parser.parse_args()
    reports = {}
    for report in pq.read_table(os.path.join(args.out, "reports.parquet")).to_pylist():
        reports[os.path.basename(report["source"].split("#")[0])] = report
    with open(args.manifest, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    tally, all_right = {}, 0
    for row in rows:
        report = reports.get(row["file"])
        right = judge(row, report) if report else {"in the run": False}
        for field, ok in right.items():
            tally.setdefault(field, []).append(ok)
        all_right += all(right.values())
        if not all(right.values()) or args.show:
            wrong = [field for field, ok in right.items() if not ok]
            got = {k: report[k] for k in ("outcome", "doc_type", "level", "province", "prefecture", "county", "region_code", "report_year")} if report else None
            print(f"{'wrong ' + ', '.join(wrong) if wrong else 'right'}: {row['file']}: {row['level']} {row['region']} {row['year']}; got {got}")
    for field, oks in tally.items():
        print(f"{field}: {sum(oks)}/{len(oks)}")
    share = all_right / max(1, len(rows))
    print(f"all right: {all_right}/{len(rows)} = {share:.3f}")
    sys.exit(0 if share >= 0.98 else 1)


if __name__ == "__main__":
    main()
