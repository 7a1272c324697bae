#!/usr/bin/env python3
"""The share of right indicators by rule, from rows that somebody has read, beside the confidence that is stated.

usage: calibrate.py OUT LABELS.csv      (OUT: a run's folder; LABELS: indicator_id,right with 1 or 0; needs pyarrow)
"""
import collections
import csv
import sys

import pyarrow.parquet as parquet


def main() -> None:
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    columns = ["indicator_id", "rule", "code", "confidence"]
    rows = {row["indicator_id"]: row for row in parquet.read_table(f"{sys.argv[1]}/indicators.parquet", columns=columns).to_pylist()}
    counts = collections.defaultdict(lambda: [0, 0, 0.0])
    unknown = 0
    with open(sys.argv[2], encoding="utf-8") as labels:
        for label in csv.DictReader(labels):
            row = rows.get(label["indicator_id"])
            if row is None:
                unknown += 1
                continue
            for key in [(row["rule"], "coded" if row["code"] else "plain"), ("all", "")]:
                count = counts[key]
                count[0] += 1
                count[1] += label["right"] == "1"
                count[2] += row["confidence"]
    print(f"{'rule':<24}{'name':<8}{'rows':>6}{'right':>8}{'stated':>8}")
    for (rule, name), (read, right, stated) in sorted(counts.items()):
        print(f"{rule:<24}{name:<8}{read:>6}{right / read:>8.2f}{stated / read:>8.2f}")
    if unknown:
        print(f"{unknown} labels are of no row of this run")


if __name__ == "__main__":
    main()
