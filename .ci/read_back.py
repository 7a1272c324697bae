"""Read all tables of a run with pyarrow and DuckDB and hold them against their contract.

usage: read_back.py OUT PATH_OF_GWR
"""
import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

out, gwr = Path(sys.argv[1]), sys.argv[2]
schema = json.loads(subprocess.run([gwr, "schema", "--json"], check=True, capture_output=True).stdout)
run = json.loads((out / "run.json").read_text())
words = {"list<element: string not null>": "list<string>", "list<element: string>": "list<string>", "date32[day]": "date32"}
problems = []


def say(problem):
    problems.append(problem)
    print("PROBLEM", problem)


tables = {}
for definition in schema["tables"]:
    name = definition["name"]
    path = out / f"{name}.parquet"
    if not path.exists():
        say(f"{name}: there is no {path}")
        continue
    table = tables[name] = pq.read_table(path)
    have = [(f.name, words.get(str(f.type), str(f.type)), f.nullable) for f in table.schema]
    want = [(c["name"], c["type"], c["nullable"]) for c in definition["columns"]]
    if have != want:
        say(f"{name}: the schema is {set(have) ^ set(want)} apart from `gwr schema`")
    if run["rows"][name] != table.num_rows:
        say(f"{name}: run.json says {run['rows'][name]} rows, the file has {table.num_rows}")
    # A table of more rows than `--part-rows` is a folder of parts.
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    if path.is_dir() and (len(files) < 2 or files[0].name != "part-00000.parquet"):
        say(f"{name}: {table.num_rows} rows in {[f.name for f in files]}")
    parts = [pq.read_table(file) for file in files]
    if not pa.concat_tables(parts).equals(table):
        say(f"{name}: the parts in the order of their names are not the table")
    for part, file in zip(parts[:-1], files):
        if part.num_rows < run["part_rows"]:
            say(f"{name}: {file.name} has {part.num_rows} rows and is not the last one")
    if "report_id" in table.column_names:
        held = [set(part["report_id"].to_pylist()) for part in parts]
        if sum(map(len, held)) != len(set().union(*held)):
            say(f"{name}: a report stands in two parts")
    count = duckdb.sql(f"select count(*) from '{path}'").fetchall()[0][0]
    if count != table.num_rows:
        say(f"{name}: DuckDB sees {count} rows, pyarrow {table.num_rows}")
    for file in files:
        meta = pq.read_metadata(file).metadata
        if meta.get(b"gwr.schema_version", b"").decode() != schema["schema_version"] or b"gwr.config_hash" not in meta:
            say(f"{name}: {file.name} does not tell its schema version and configuration")
    for column in definition["columns"]:
        if column["vocabulary"] and column["type"] == "string":
            odd = set(table[column["name"]].to_pylist()) - set(column["vocabulary"]) - {None}
            if odd:
                say(f"{name}.{column['name']}: {odd} are not in the vocabulary")

rows = {name: table.to_pylist() for name, table in tables.items()}
keys = {"reports": "report_id", "sections": "section_id", "indicators": "indicator_id", "projects": "project_id", "pledges": "pledge_id"}
for name, key in keys.items():
    if len({r[key] for r in rows[name]}) != len(rows[name]):
        say(f"{name}: {key} is not unique")
reports = {r["report_id"]: r for r in rows["reports"]}
sections = {r["section_id"]: r for r in rows["sections"]}
usable = {k for k, r in reports.items() if r["outcome"] in ("ok", "partial")}
texts = {k: "" for k in usable}
for row in sorted(rows["sections"], key=lambda r: (r["report_id"], r["ordinal"])):
    texts[row["report_id"]] += row["text"]
    parent = sections.get(row["parent_id"])
    if row["parent_id"] and (parent is None or parent["ordinal"] >= row["ordinal"] or parent["depth"] + 1 != row["depth"]):
        say(f"sections: {row['section_id']} does not stand below its parent")
for key in usable:
    report = reports[key]
    if len(texts[key]) != report["clean_chars"]:
        say(f"reports: {report['source']}: the sections have {len(texts[key])} characters, not {report['clean_chars']}")
for name, column in (("sections", "section_count"), ("indicators", "indicator_count"), ("projects", "project_count")):
    counts = {}
    for row in rows[name]:
        counts[row["report_id"]] = counts.get(row["report_id"], 0) + 1
    for key, report in reports.items():
        if counts.get(key, 0) != report[column]:
            say(f"reports: {report['source']}: {column} is {report[column]}, but there are {counts.get(key, 0)} rows")
for name in ("sections", "indicators", "projects", "glossary", "repairs", "pledges"):
    for row in rows[name]:
        if row["report_id"] not in usable:
            say(f"{name}: a row of {row['report_id']}, which has none")
        if "section_id" in row and row["section_id"] not in sections:
            say(f"{name}: a row in the section {row['section_id']}, which is not there")
        if "source_end" in row and not 0 <= row["source_start"] <= row["source_end"] <= reports[row["report_id"]]["raw_chars"]:
            say(f"{name}: the source span {row['source_start']}..{row['source_end']} lies outside the source")
        if "start" in row:
            piece = sections[row["section_id"]]["text"][row["start"]:row["end"]]
            if len(piece) != row["end"] - row["start"] or not piece:
                say(f"{name}: {row['start']}..{row['end']} is no piece of {row['section_id']}")
            elif name != "pledges" and piece not in row["evidence"]:
                say(f"{name}: {piece!r} does not stand in its evidence {row['evidence']!r}")
for report in rows["reports"]:
    if (report["outcome"] == "rejected") != (report["reason"] is not None):
        say(f"reports: {report['source']} is {report['outcome']} with the reason {report['reason']}")
    if (report["outcome"] == "duplicate") != (report["duplicate_of"] is not None):
        say(f"reports: {report['source']} is {report['outcome']} and duplicate_of is {report['duplicate_of']}")
    if report["duplicate_of"] is not None and report["duplicate_of"] not in reports:
        say(f"reports: {report['source']} is a copy of {report['duplicate_of']}, which is not there")
print(f"{len(tables)} tables, {sum(t.num_rows for t in tables.values())} rows read back, {len(problems)} problems")
sys.exit(1 if problems else 0)
