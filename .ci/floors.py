"""Hold figures against floors: usage: floors.py FIGURES.json FLOORS.json [--raise]"""
import json
import sys

SLACK = 0.005

figures = json.load(open(sys.argv[1]))
try:
    floors = json.load(open(sys.argv[2]))
except FileNotFoundError:
    floors = {}
fallen = {k: (figures.get(k, 0.0), v) for k, v in floors.items() if figures.get(k, 0.0) < v - SLACK}
for key, (figure, floor) in sorted(fallen.items()):
    print(f"{key} fell to {figure:.4f}; the best that has landed is {floor:.4f}")
if "--raise" in sys.argv[3:]:
    best = {k: round(max(v, floors.get(k, 0.0)), 4) for k, v in figures.items() if isinstance(v, (int, float))}
    with open(sys.argv[2], "w") as f:
        json.dump(best, f, indent=1, sort_keys=True)
        f.write("\n")
    print(f"floors raised: {sys.argv[2]}")
sys.exit(1 if fallen else 0)
