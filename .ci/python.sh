# Sourced: $python is an interpreter with pyarrow and DuckDB, made under target/ where the system has none.
python=python3
if ! "$python" -c 'import pyarrow, duckdb' 2>/dev/null; then
  python=target/ci-python/bin/python
  if ! "$python" -c 'import pyarrow, duckdb' 2>/dev/null; then
    if ! python3 -m venv target/ci-python 2>/dev/null; then
      # Debian's Python may lack ensurepip.
      python3 -m pip install --quiet --user virtualenv && python3 -m virtualenv --quiet target/ci-python
    fi
    "$python" -m pip install --quiet --disable-pip-version-check pyarrow duckdb
  fi
fi
