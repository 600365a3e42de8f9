"""What a process of ours does without."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import sys
from flows.lean_process import lean_process
lean_process()
import duckdb, pyarrow
duckdb.connect().execute("select $word", {"word": "a value"}).fetchall()
pyarrow.array(["a value"])
sys.exit("pandas" in sys.modules)
"""


def test_values_go_into_the_warehouse_without_an_import_of_pandas():
    assert subprocess.run([sys.executable, "-c", PROGRAM], check=False, timeout=60).returncode == 0
