"""Whoever changes, removes or adds a line breaks the chain, and the walk over it says where."""

from typing import Any

import pytest

from dashboard.audit import AuditLog, Event, Outcome, Seal, all_lines, verify
from dashboard.storage import Database
from tests.dashboard.clocks import SetClock

SEAL = Seal("a secret of the tests")


@pytest.fixture
async def lines(database: Database, clock: SetClock) -> list[dict[str, Any]]:
    log = AuditLog(database, clock, environment=lambda: "Test", seal=SEAL)
    for number in range(5):
        event = Event(
            name="subscriber.changed", outcome=Outcome.DONE, action_id=f"a-{number}", actor="ada",
            role="operator", session_id="s", subject=f"u{number}", after={"email": "a@b\0\ud800", "n": 1.5},
        )  # fmt: skip
        await log.append(event)
    return await database.read(lambda connection: list(all_lines(connection)))


def test_an_untouched_log_is_whole(lines: list[dict[str, Any]]) -> None:
    verdict = verify(lines, SEAL)
    assert verdict.is_whole
    assert (verdict.lines, verdict.head) == (5, lines[-1]["hash"])


@pytest.mark.parametrize("field", ["actor", "after", "at", "outcome", "address", "detail"])
def test_a_changed_line_is_named(lines: list[dict[str, Any]], field: str, clock: SetClock) -> None:
    clock.forward(days=1)
    lines[2][field] = clock.now() if field == "at" else "changed"
    assert verify(lines, SEAL).problems == (
        "line 3: changed, or the line before it is not the one it followed",
    )


@pytest.mark.parametrize("gone", [0, 2])
def test_a_missing_line_is_noticed(lines: list[dict[str, Any]], gone: int) -> None:
    del lines[gone]
    assert not verify(lines, SEAL).is_whole


def test_who_does_not_have_the_key_cannot_write_a_chain(lines: list[dict[str, Any]]) -> None:
    other = Seal("another secret")
    previous = "0" * 64
    for line in lines:
        previous = line["hash"] = other.next_hash(previous, line)
    assert not verify(lines, SEAL).is_whole


def test_equal_secrets_have_equal_fingerprints_that_tell_nothing() -> None:
    first, same, other = (
        SEAL.fingerprint(one) for one in ("token-of-ada-7f3e", "token-of-ada-7f3e", "token-of-bob-7f3e")
    )
    assert first == same != other
    assert "token-of" not in first
