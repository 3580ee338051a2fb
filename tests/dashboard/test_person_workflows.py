"""All workflows are offered, however many calls that takes."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from api_client import Workflow
from dashboard.pages.subscriber.workflows import MOST, all_workflows


class Listed:
    """A server with so many workflows; an old one knows no pages."""

    def __init__(self, number: int, *, has_pages: bool = True) -> None:
        self.workflows = tuple(Workflow(identifier=f"w{at}") for at in range(number))
        self.has_pages, self.calls = has_pages, 0

    async def list(self, *, limit: int, offset: int) -> tuple[Workflow, ...]:
        self.calls += 1
        return self.workflows[offset:][:limit] if self.has_pages else self.workflows


@pytest.mark.parametrize(
    ("number", "has_pages", "found", "calls"),
    [(7, True, 7, 1), (100, True, 100, 2), (230, True, 230, 3), (900, True, MOST, 5), (130, False, 130, 2)],
)
async def test_all_workflows_are_read_in_as_many_calls_as_it_takes(
    number: int, has_pages: bool, found: int, calls: int
) -> None:
    server = Listed(number, has_pages=has_pages)
    read = await all_workflows(cast("Any", SimpleNamespace(workflows=server)))
    assert (len({one.identifier for one in read}), server.calls) == (found, calls)
