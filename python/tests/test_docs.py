"""The notebooks in docs run, and show what is stored in them."""

import os
import shutil
from pathlib import Path

import pytest

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")

DOCS = Path(__file__).resolve().parents[1] / "docs"


def shown(notebook):
    """What each cell of code prints and answers, as text."""
    found = []
    for cell in notebook.cells:
        if cell.cell_type == "code":
            outputs = [each for each in cell.outputs if each.get("name") != "stderr"]
            found.append("".join(each["text"] if each.output_type == "stream" else each.data["text/plain"] for each in outputs))
    return found


@pytest.mark.parametrize("name", ["pandas", "polars", "spark"])
def test_a_notebook_shows_what_it_says(name):
    if name == "spark" and os.environ.get("TIEOUT_SPARK") != "required":
        pytest.importorskip("pyspark")
        if shutil.which("java") is None:
            pytest.skip("Spark needs Java")
    notebook = nbformat.read(DOCS / f"{name}.ipynb", as_version=4)
    stored = shown(notebook)
    assert sum(bool(text) for text in stored) >= 2
    nbclient.NotebookClient(notebook, timeout=600, kernel_name="python3", resources={"metadata": {"path": str(DOCS)}}).execute()
    assert shown(notebook) == stored


def test_the_readme_shows_what_its_examples_answer():
    import doctest

    results = doctest.testfile(str(DOCS.parent / "README.md"), module_relative=False)
    assert results.failed == 0
    assert results.attempted >= 8
