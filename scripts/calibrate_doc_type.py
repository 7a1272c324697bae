#!/usr/bin/env python3
"""The temperature at which the probability of a document type says how often the type is right.

The labels are told apart without an error, so that no fit can say how sure to be: the temperature is the one at which
the mean probability of the chosen type is what so many right answers and no wrong one let expect (rule of succession:
(right + 1) / (all + 2)).

usage: calibrate_doc_type.py GWR LABELS.tsv      (GWR: the program; LABELS: path, tab, work_report|digest|other)
"""
import json
import math
import re
import subprocess
import sys

TYPES = ("work_report", "digest", "other")


def told_of(program: str, path: str) -> tuple[int, list[float]]:
    """The type that was chosen, as its place in TYPES, and the three scores."""
    # A rejected document ends with 2 and tells its scores all the same.
    told = subprocess.run([program, "inspect", path, "--stage", "segment", "--json"], capture_output=True, text=True)
    evidence = json.loads(told.stdout)["segment"]["identity_evidence"][0]
    scores = [float(re.search(rf"{kind} (-?[0-9.]+)[,:]", evidence).group(1)) for kind in TYPES]
    return TYPES.index(evidence.split()[1]), scores


def mean_probability(found: list[tuple[int, list[float]]], temperature: float) -> float:
    total = 0.0
    for chosen, scores in found:
        powers = [math.exp(score / temperature) for score in scores]
        total += powers[chosen] / sum(powers)
    return total / len(found)


def main() -> None:
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with open(sys.argv[2], encoding="utf-8") as lines:
        labels = [line.rstrip("\n").split("\t") for line in lines if line.strip()]
    found = [told_of(sys.argv[1], path) for path, _ in labels]
    right = sum(TYPES[chosen] == kind for (chosen, _), (_, kind) in zip(found, labels))
    expected = (right + 1) / (len(labels) + 2)
    low, high = 0.1, 20.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if mean_probability(found, middle) > expected else (low, middle)
    print(f"{right} of {len(labels)} right; temperature {low:.2f}: mean probability {expected:.3f}")


if __name__ == "__main__":
    main()
