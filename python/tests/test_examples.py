"""Every example in a docstring runs."""

import doctest
import importlib

import pytest


@pytest.mark.parametrize("name", ["tieout", "tieout._questions", "tieout._results", "tieout.columns"])
def test_the_examples_of_a_module_run(name):
    module = importlib.import_module(name)
    results = doctest.testmod(module)
    assert results.failed == 0
    assert results.attempted > 0 or name == "tieout._results"
