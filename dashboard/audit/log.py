"""The append-only log: lines are added and read, and the database refuses everything else."""

import json
import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, exists, insert, or_, select
from sqlalchemy.exc import SQLAlchemyError

from dashboard.audit.events import Event, Outcome, Record
from dashboard.audit.redact import redact
from dashboard.audit.seal import FIRST, Seal
from dashboard.clock import Clock
from dashboard.refusals import Refusal
from dashboard.storage import Database
from dashboard.storage.tables import AUDIT
from dashboard.storage.texts import storable

log = logging.getLogger("dashboard.audit")
MOST_KNOWN = 1000
KEPT_OF_A_PERSON = frozenset({"subscriberId", "_id", "createdAt", "updatedAt", "isOnline", "deleted"})
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
    """Which lines are wanted; what is None is not asked about. `name` may end in `.`: all of that kind.

    `subject` is one person of this environment, whole; `about` any part of whatever a line is about.
    `is_over` leaves out the lines before: what was begun only, and has a line after.
    """

    actor: str | None = None
    subject: str | None = None
    about: str | None = None
    environment: str | None = None
    is_over: bool = False
    name: str | None = None
    outcome: Outcome | None = None
    since: datetime | None = None
    before: datetime | None = None


@dataclass(frozen=True)
class Known:
    """What occurs in the log; each list is cut after a thousand."""

    actors: tuple[str, ...]
    names: tuple[str, ...]
    environments: tuple[str, ...]


class AuditLog:
    """Writes and reads the audit lines, those of all environments in one chain.

    `environment` names the one that is worked on, as the band on the pages does.
    """

    def __init__(
        self, database: Database, clock: Clock, *, environment: Callable[[], str], seal: Seal
    ) -> None:
        self._database = database
        self._clock = clock
        self._environment = environment
        self._seal = seal

    def forgotten(self, profile: Mapping[str, object]) -> dict[str, object]:
        """A person as the log may keep one who was erased: what was stored, as marks that can be compared.

        Whoever still has the value can prove that it was this person's; the value itself is gone.
        """
        return {
            key: value if key in KEPT_OF_A_PERSON else self._marked(value) for key, value in profile.items()
        }

    def _marked(self, value: object) -> object:
        if value is None or isinstance(value, bool):
            return value
        return self._seal.mark(
            value if isinstance(value, str) else json.dumps(value, sort_keys=True, default=str)
        )

    async def append(self, event: Event) -> None:
        """Write one line, with secrets as fingerprints. Raises NotRecorded, which must stop an action.

        The new head of the chain goes to the process's own log too: kept elsewhere, it betrays a cut end.
        """
        row = self._to_row(event) | {
            "at": self._clock.now(),
            "environment": storable(self._environment())[:200],
        }
        try:
            seq, head = await self._database.write(lambda connection: self._chain(connection, row))
        except SQLAlchemyError as error:
            raise NotRecorded from error
        log.info("audit line", extra={"audit_seq": seq, "audit_hash": head, "audit_name": event.name})

    async def page(
        self,
        wanted: AuditFilter = AuditFilter(),
        *,
        before_seq: int | None = None,
        after_seq: int | None = None,
        limit: int = 100,
    ) -> tuple[Record, ...]:
        """Lines, newest first: older than `before_seq`, or the next newer ones than `after_seq`."""
        conditions = _conditions(wanted, self._environment())
        order = AUDIT.c.seq.desc()
        if before_seq is not None:
            conditions.append(AUDIT.c.seq < before_seq)
        if after_seq is not None:
            conditions.append(AUDIT.c.seq > after_seq)
            order = AUDIT.c.seq.asc()
        query = select(AUDIT).where(*conditions).order_by(order).limit(limit)
        rows = await self._database.read(lambda connection: connection.execute(query).mappings().all())
        records = tuple(_to_record(row) for row in rows)
        return records if after_seq is None else records[::-1]

    async def known(self) -> Known:
        """Who and what occurs, for the choices of a filter."""
        return await self._database.read(_known)

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


def _known(connection: Connection) -> Known:
    columns = (AUDIT.c.actor, AUDIT.c.name, AUDIT.c.environment)
    found = (connection.execute(select(one).distinct().order_by(one).limit(MOST_KNOWN)) for one in columns)
    return Known(*(tuple(str(value) for value in values.scalars() if value) for values in found))


def _conditions(wanted: AuditFilter, here: str) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [
        AUDIT.c[name] == value
        for name in ("actor", "outcome", "environment")
        if (value := getattr(wanted, name)) is not None
    ]
    if wanted.subject is not None:
        conditions += [AUDIT.c.subject == wanted.subject, AUDIT.c.environment == here, *_ABOUT_PEOPLE]
    if wanted.about is not None:
        conditions.append(AUDIT.c.subject.icontains(wanted.about, autoescape=True))
    if wanted.name is not None:
        is_kind = wanted.name.endswith(".")
        same = AUDIT.c.name.startswith(wanted.name, autoescape=True) if is_kind else None
        conditions.append(AUDIT.c.name == wanted.name if same is None else same)
    if wanted.since is not None:
        conditions.append(AUDIT.c.at >= wanted.since)
    if wanted.before is not None:
        conditions.append(AUDIT.c.at < wanted.before)
    if wanted.is_over:
        conditions.append(or_(AUDIT.c.outcome != Outcome.BEGUN.value, ~_HAS_END))
    return conditions


_ABOUT_PEOPLE = tuple(~AUDIT.c.name.startswith(kind) for kind in ("operator.", "door."))
_OTHER = AUDIT.alias()
_HAS_END = exists().where(_OTHER.c.action_id == AUDIT.c.action_id, _OTHER.c.outcome != Outcome.BEGUN.value)
