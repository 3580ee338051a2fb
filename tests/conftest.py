"""What holds for every test."""

import gc

import pytest

from tests.patience import give_patience

give_patience()


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is loaded by now stays: the collector, which NiceGUI calls for each page test, passes it over."""
    gc.collect()
    gc.freeze()
