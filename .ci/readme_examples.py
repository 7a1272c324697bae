"""Run the Python examples of README.md, from the project's root, over the tables in out/."""
import re

for number, code in enumerate(re.findall(r"```python\n(.*?)```", open("README.md", encoding="utf8").read(), re.S), 1):
    print(f"-- example {number}")
    exec(compile(code, f"README.md, example {number}", "exec"), {})
