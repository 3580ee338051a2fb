"""What holds for every test."""

import gc
import sys

import pytest
from hypothesis import HealthCheck, settings

from tests.patience import give_patience

gc.disable()  # until all is loaded
give_patience()
sys.modules["sniffio"] = None  # type: ignore[assignment]  # httpx would look for it on the disk at each call
# The same examples each time, however slow the machine; `--hypothesis-profile=search` looks for new ones.
settings.register_profile(
    "search", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("house", settings.get_profile("search"), derandomize=True)
settings.load_profile("house")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slow ones first: no worker is left alone with one at the end."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is loaded by now stays: the collector, which NiceGUI calls for each page test, passes it over."""
    gc.freeze()
    gc.enable()
