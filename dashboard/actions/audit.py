"""Take the audit log out to a file: permitted, and itself on record."""

import asyncio
import csv
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dashboard.actions.gate import Deed, Masked, action
from dashboard.audit import AuditFilter, Record
from dashboard.auth import Permission
from dashboard.context import AppContext
from dashboard.csv_io import guard

AT_ONCE = 1000
COLUMNS = (
    "seq", "at", "environment", "actor", "role", "address", "name", "subject", "outcome", "detail", "before",
    "after", "request_id", "action_id", "session_id", "hash",
)  # fmt: skip


@dataclass(frozen=True)
class AuditFile:
    """A complete file in the spool folder."""

    path: Path
    rows: int


@action("audit.exported", needs=Permission.AUDIT)
async def export_audit(ctx: AppContext, deed: Deed, *, wanted: AuditFilter, described: str) -> AuditFile:
    """Every line that matches, newest first, safe to open in a spreadsheet."""
    if ctx.hides():  # the lines hold what was changed, in clear
        raise Masked
    deed.before = {"search": described}
    path = ctx.exports.folder / f"{secrets.token_hex(16)}.csv"
    await asyncio.to_thread(_begin, path)
    count, last = 0, None
    while records := await ctx.audit.page(wanted, before_seq=last, limit=AT_ONCE):
        await asyncio.to_thread(_add, path, records)
        count, last = count + len(records), records[-1].seq
    deed.after = {"rows": count}
    return AuditFile(path, count)


def _begin(path: Path) -> None:
    path.touch(mode=0o600)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow(COLUMNS)


def _add(path: Path, records: Sequence[Record]) -> None:
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([_cell(getattr(one, name)) for name in COLUMNS] for one in records)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, dict | list):
        return guard(json.dumps(value, ensure_ascii=False, sort_keys=True))
    return guard(value.isoformat() if hasattr(value, "isoformat") else str(value))  # type: ignore[union-attr]  # a moment
