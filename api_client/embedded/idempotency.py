"""Idempotency keys: one effect per key and body of an organization; answers are kept for a day.

The answer is stored in the same transaction as the effect, so that no kill can come between them.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import orjson

from .problems import Problem, bad_request, nameless, refused
from .store import Store
from .wire import Answer

LONGEST = 255
KEPT_MS = 24 * 3600 * 1000
RUNNING_MS = 5 * 60 * 1000
LINK = {"link": "https://docs.novu.co/additional-resources/idempotency"}
Work = Callable[[], Answer]


@dataclass(slots=True)
class Idempotency:
    """The keys in use. As on the recorded server, a key is not bound to a route."""

    store: Store
    _running: dict[tuple[str, str], tuple[int, bytes]] = field(
        default_factory=dict[tuple[str, str], tuple[int, bytes]]
    )
    _lock: Lock = field(default_factory=Lock)

    def begin(self, organization: str, key: str, body: object, ms: int) -> "Answer | Started":
        """The stored answer of a finished call, or permission to run.

        Raises 400 for a key that is too long, 409 while it runs, 422 when it was used with another
        body, and 503 in place of a stored error.
        """
        if len(key) > LONGEST:
            raise bad_request(
                f'idempotencyKey "{key}" has exceeded the maximum allowed length of {LONGEST} characters'
            )
        digest = hashlib.blake2s(orjson.dumps(body, option=orjson.OPT_SORT_KEYS)).digest()
        echo = {"idempotency-key": key}
        with self._lock:
            since, running = self._running.get((organization, key), (0, b""))
            if ms - since < RUNNING_MS:
                self._refuse_other_body(key, running, digest)
                told = f'Request with key "{key}" is currently being processed. Please retry after 1 second'
                raise refused(409, told, headers={**echo, **LINK, "retry-after": "1"})
            stored = self._stored(organization, key, ms)
            if stored is None:
                self._running[organization, key] = (ms, digest)
                return Started(self, organization, key, digest, ms)
        self._refuse_other_body(key, stored[0], digest)
        replayed = {**echo, "idempotency-replay": "true"}
        if stored[1] >= 400:
            raise nameless(503, "Service Unavailable").with_headers(replayed)
        saved: Mapping[str, Any] = orjson.loads(stored[2])
        return Answer(stored[1], saved["body"].encode(), {**saved["headers"], **replayed})

    def end(self, organization: str, key: str) -> None:
        with self._lock:
            self._running.pop((organization, key), None)

    def _stored(self, organization: str, key: str, ms: int) -> tuple[bytes, int, bytes] | None:
        with self.store.reading() as db:
            return db.execute(
                "SELECT body_hash, status, answer FROM idempotency "
                "WHERE organization = ? AND key = ? AND until > ?",
                (organization, key, ms),
            ).fetchone()

    def _refuse_other_body(self, key: str, before: bytes, now: bytes) -> None:
        if before != now:
            told = f'Request with key "{key}" is being reused for a different body'
            raise refused(422, told, headers={"idempotency-key": key, **LINK})


@dataclass(frozen=True, slots=True)
class Started:
    """A key whose call is running; `run` ends it."""

    keys: Idempotency
    organization: str
    key: str
    digest: bytes
    ms: int

    def run(self, work: Work) -> Answer:
        """Does the work and stores the answer with its effect; an error is stored without any."""
        echo = {"idempotency-key": self.key}
        try:
            with self.keys.store.writing():
                answer = work()
                self._save(answer)
        except Problem as problem:
            self._save(Answer(problem.status))
            raise problem.with_headers(echo) from None
        finally:
            self.keys.end(self.organization, self.key)
        return Answer(answer.status, answer.body, {**answer.headers, **echo})

    def _save(self, answer: Answer) -> None:
        saved = orjson.dumps({"body": answer.body.decode(), "headers": dict(answer.headers)})
        row = (self.organization, self.key, self.digest, answer.status, saved, self.ms + KEPT_MS)
        with self.keys.store.writing() as db:
            db.execute("DELETE FROM idempotency WHERE until <= ?", (self.ms,))
            db.execute("INSERT OR REPLACE INTO idempotency VALUES (?, ?, ?, ?, ?, ?)", row)
