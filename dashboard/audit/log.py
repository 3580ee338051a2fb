"""The append-only log: lines are added and read, and the database refuses everything else."""

import logging
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, insert, select
from sqlalchemy.exc import SQLAlchemyError

from dashboard.audit.events import Event, Outcome, Record
from dashboard.audit.redact import redact, storable
from dashboard.audit.seal import FIRST, Seal
from dashboard.clock import Clock
from dashboard.refusals import Refusal
from dashboard.storage import Database
from dashboard.storage.tables import AUDIT

log = logging.getLogger("dashboard.audit")
LONGEST = {"subject": 500, "detail": 2000, "request_id": 200, "actor": 200, "address": 100, "action_id": 36}


class NotRecorded(Refusal):
    """The log cannot be written: no line, no deed."""

    def __init__(self) -> None:
        super().__init__(
            "The audit log cannot be written, and without it nothing may be changed. "
            "Check that the disk with the dashboard's data folder has room."
        )


@dataclass(frozen=True)
class AuditFilter:
    """Which lines are wanted; what is None is not asked about. `name` may end in `.`: all of that kind."""

    actor: str | None = None
    subject: str | None = None
    name: str | None = None
    outcome: Outcome | None = None
    since: datetime | None = None
    before: datetime | None = None


class AuditLog:
    """Writes and reads the audit lines of one environment, in one chain with those of all others."""

    def __init__(self, database: Database, clock: Clock, *, environment: str, seal: Seal) -> None:
        self._database = database
        self._clock = clock
        self._environment = environment
        self._seal = seal

    async def append(self, event: Event) -> None:
        """Write one line, with secrets as fingerprints. Raises NotRecorded, which must stop an action.

        The new head of the chain goes to the process's own log too: kept elsewhere, it betrays a cut end.
        """
        row = self._to_row(event) | {"at": self._clock.now(), "environment": self._environment}
        try:
            seq, head = await self._database.write(lambda connection: self._chain(connection, row))
        except SQLAlchemyError as error:
            raise NotRecorded from error
        log.info("audit line", extra={"audit_seq": seq, "audit_hash": head, "audit_name": event.name})

    async def page(
        self, wanted: AuditFilter = AuditFilter(), *, before_seq: int | None = None, limit: int = 100
    ) -> tuple[Record, ...]:
        """Lines of this environment, newest first; `before_seq` is the last line of the page before."""
        query = _query(wanted, self._environment, before_seq).limit(limit)
        rows = await self._database.read(lambda connection: connection.execute(query).mappings().all())
        return tuple(_to_record(row) for row in rows)

    def _chain(self, connection: Connection, row: dict[str, Any]) -> tuple[int, str]:
        last = connection.execute(
            select(AUDIT.c.seq, AUDIT.c.hash).order_by(AUDIT.c.seq.desc()).limit(1)
        ).first()
        sealed = row | {"seq": last.seq + 1 if last else 1}
        sealed["hash"] = self._seal.next_hash((last.hash if last else "") or FIRST, sealed)
        connection.execute(insert(AUDIT).values(sealed))
        return sealed["seq"], sealed["hash"]

    def _to_row(self, event: Event) -> dict[str, Any]:
        row = asdict(event) | {"outcome": event.outcome.value}
        cut = {name: storable(str(row[name])[:length]) for name, length in LONGEST.items()}
        hidden = {name: redact(row[name], self._seal.fingerprint) for name in ("before", "after")}
        return row | cut | hidden


def all_lines(connection: Connection, *, at_once: int = 1000) -> Iterator[dict[str, Any]]:
    """Every line of every environment, oldest first, in bounded memory."""
    seq = 0
    while (
        rows := connection.execute(
            select(AUDIT).where(AUDIT.c.seq > seq).order_by(AUDIT.c.seq).limit(at_once)
        )
        .mappings()
        .all()
    ):
        for row in rows:
            yield {str(name): value for name, value in row.items()}
        seq = rows[-1]["seq"]


def _to_record(row: RowMapping) -> Record:
    values: dict[str, Any] = {str(name): value for name, value in row.items()}
    values["outcome"] = Outcome(values["outcome"])
    return Record(**values)


def _query(wanted: AuditFilter, environment: str, before_seq: int | None) -> Select[Any]:
    conditions: list[ColumnElement[bool]] = [AUDIT.c.environment == environment]
    for name in ("actor", "subject", "outcome"):
        value = getattr(wanted, name)
        if value is not None:
            conditions.append(AUDIT.c[name] == value)
    if wanted.name is not None:
        is_kind = wanted.name.endswith(".")
        same = (
            AUDIT.c.name.startswith(wanted.name, autoescape=True) if is_kind else AUDIT.c.name == wanted.name
        )
        conditions.append(same)
    if wanted.since is not None:
        conditions.append(AUDIT.c.at >= wanted.since)
    if wanted.before is not None:
        conditions.append(AUDIT.c.at < wanted.before)
    if before_seq is not None:
        conditions.append(AUDIT.c.seq < before_seq)
    return select(AUDIT).where(*conditions).order_by(AUDIT.c.seq.desc())
