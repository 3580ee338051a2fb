"""The append-only log: lines are added and read, and the database refuses everything else."""

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, insert, select
from sqlalchemy.exc import SQLAlchemyError

from dashboard.audit.events import Event, Outcome, Record
from dashboard.audit.redact import redact
from dashboard.clock import Clock
from dashboard.refusals import Refusal
from dashboard.storage import Database
from dashboard.storage.tables import AUDIT

LONGEST = {"subject": 500, "detail": 2000, "request_id": 200, "actor": 200}


class NotRecorded(Refusal):
    """The log cannot be written: no line, no deed."""

    def __init__(self) -> None:
        super().__init__(
            "The audit log cannot be written, and without it nothing may be changed. "
            "Check that the disk with the dashboard's data folder has room."
        )


@dataclass(frozen=True)
class AuditFilter:
    """Which lines are wanted; what is None is not asked about."""

    actor: str | None = None
    subject: str | None = None
    name: str | None = None
    outcome: Outcome | None = None


class AuditLog:
    """Writes and reads the audit lines of one environment."""

    def __init__(self, database: Database, clock: Clock, *, environment: str) -> None:
        self._database = database
        self._clock = clock
        self._environment = environment

    async def append(self, event: Event) -> None:
        """Write one line, with secrets masked. Raises NotRecorded, which must stop an action."""
        row = _to_row(event) | {"at": self._clock.now(), "environment": self._environment}
        try:
            await self._database.write(lambda connection: connection.execute(insert(AUDIT).values(row)))
        except SQLAlchemyError as error:
            raise NotRecorded from error

    async def page(
        self, wanted: AuditFilter = AuditFilter(), *, before_seq: int | None = None, limit: int = 100
    ) -> tuple[Record, ...]:
        """Lines of this environment, newest first; `before_seq` is the last line of the page before."""
        query = _query(wanted, self._environment, before_seq).limit(limit)
        rows = await self._database.read(lambda connection: connection.execute(query).mappings().all())
        return tuple(_to_record(row) for row in rows)


def _to_row(event: Event) -> dict[str, Any]:
    row = asdict(event) | {"outcome": event.outcome.value}
    cut = {name: str(row[name])[:length] for name, length in LONGEST.items()}
    return row | cut | {"before": redact(event.before), "after": redact(event.after)}


def _to_record(row: RowMapping) -> Record:
    values: dict[str, Any] = {str(name): value for name, value in row.items()}
    values["outcome"] = Outcome(values["outcome"])
    return Record(**values)


def _query(wanted: AuditFilter, environment: str, before_seq: int | None) -> Select[Any]:
    conditions: list[ColumnElement[bool]] = [AUDIT.c.environment == environment]
    conditions += [AUDIT.c[name] == value for name, value in asdict(wanted).items() if value is not None]
    if before_seq is not None:
        conditions.append(AUDIT.c.seq < before_seq)
    return select(AUDIT).where(*conditions).order_by(AUDIT.c.seq.desc())
