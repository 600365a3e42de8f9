"""What the analysts' page shows for other tools, run with these tools on the demo's published copy."""

from __future__ import annotations

import subprocess
import sys

import nbformat
import pytest
from nbclient import NotebookClient

from tests.docs.fenced import ANALYSTS, ROOT, fenced

SHOWN = [block.text for block in fenced(ANALYSTS, "python")]
TOOLS = ("news.sql", ".df()", "polars", "ibis")
NOTEBOOK = ROOT / "warehouse" / "examples" / "first_look.ipynb"


def test_each_tool_has_an_example_of_ten_lines_at_most():
    assert all(any(tool in text for text in SHOWN) for tool in TOOLS)
    assert max(len(text.splitlines()) for text in SHOWN) <= 10


@pytest.mark.parametrize("text", SHOWN, ids=range(len(SHOWN)))
def test_python_that_is_shown_runs(scratch, text):
    done = subprocess.run([sys.executable, "-c", text], cwd=scratch, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "harbour-gazette.test" in done.stdout or "undated" in text


def test_the_notebook_runs_and_holds_no_outputs(scratch):
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(notebook)
    assert not any(cell.outputs or cell.execution_count for cell in notebook.cells if cell.cell_type == "code")

    run = NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(scratch)}}).execute()

    shown = [output.data["text/plain"] for cell in run.cells if cell.cell_type == "code" for output in cell.outputs if "data" in output]
    assert len(shown) == 3
    assert "harbour-gazette.test" in shown[0]
    assert "snippet" in shown[2]
    assert "\n4 " in shown[2]
