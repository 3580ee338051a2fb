"""What holds for every test."""

import gc

import pytest
from hypothesis import HealthCheck, settings

from tests.patience import give_patience

gc.disable()  # until all is loaded
give_patience()
# The same examples each time, however slow the machine; `--hypothesis-profile=search` looks for new ones.
settings.register_profile(
    "search", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("house", settings.get_profile("search"), derandomize=True)
settings.load_profile("house")


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is loaded by now stays: the collector, which NiceGUI calls for each page test, passes it over."""
    gc.collect()
    gc.freeze()
    gc.enable()
