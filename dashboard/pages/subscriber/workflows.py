"""The workflows of the environment, to choose one from."""

from api_client import Workflow
from dashboard.reading import Reader

PER_CALL = 100
MOST = 500
"""Each one offered costs memory for as long as its page is open."""


async def all_workflows(reader: Reader) -> tuple[Workflow, ...]:
    """All of them, up to MOST, each once. Raises ApiError.

    A server without pages answers the same again, and that ends it.
    """
    found: dict[str, Workflow] = {}
    for offset in range(0, MOST, PER_CALL):
        page = await reader.workflows.list(limit=PER_CALL, offset=offset)
        known = len(found)
        found |= {one.identifier: one for one in page}
        if len(page) < PER_CALL or len(found) == known:
            break
    return tuple(found.values())
