"""What a call of many rows did to each of them, read from the server's answer or its refusal."""

import re
from collections.abc import Awaitable, Callable, Sequence

from api_client import BulkOutcome, Invalid
from dashboard.jobs import ImportRow, RowState

Outcomes = dict[int, tuple[RowState, str]]
"""By a row's number: its state and a note."""

_NAMED = re.compile(r"subscribers\.(\d+)\.(.+)")


async def outcomes(
    rows: Sequence[ImportRow], answer: BulkOutcome, *, differs: Callable[[ImportRow], Awaitable[bool]]
) -> Outcomes:
    """Each row's outcome. Where the server does not say whose failure it was, everyone is read back."""
    created = {one.subscriber_id for one in answer.created}
    known = created | {one.subscriber_id for one in answer.updated}
    failed = {one.subscriber_id: one.message for one in answer.failed if one.subscriber_id}
    nameless = [one.message for one in answer.failed if not one.subscriber_id]
    results: Outcomes = {}
    for row in rows:
        is_stored = row.subscriber_id in known and row.subscriber_id not in failed
        if is_stored and nameless:
            is_stored = not await differs(row)
        if is_stored:
            results[row.number] = RowState.DONE, _said(row, is_new=row.subscriber_id in created)
        else:
            told = failed.get(row.subscriber_id, nameless[0] if nameless else "the server named no reason")
            results[row.number] = RowState.FAILED, f"Line {row.line:,}: {told}"
    return results


def named(error: Invalid) -> dict[int, str]:
    """Index in the call → what the server says of that row, where it says of which."""
    found: dict[int, list[str]] = {}
    for name, texts in error.fields.items():
        if match := _NAMED.fullmatch(name):
            said = [text.replace(f"subscribers.{match[1]}.", "") for text in texts]
            found.setdefault(int(match[1]), []).extend(said)
    return {index: "the server refused it: " + "; ".join(texts) for index, texts in found.items()}


def _said(row: ImportRow, *, is_new: bool) -> str:
    if is_new:
        return "created"
    return f"changed: {', '.join(row.before)}" if row.before else "changed"
