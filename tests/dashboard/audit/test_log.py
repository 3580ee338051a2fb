"""What was done stays on record, in order, unchangeable and without secrets."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from dashboard.audit import AuditFilter, AuditLog, Event, Outcome, Seal, redact
from dashboard.providers import PROVIDERS
from dashboard.storage import Database
from dashboard.storage.tables import AUDIT
from tests.dashboard.clocks import SetClock

SEAL = Seal("a secret of the tests")
TOKEN = "fGx1kq:APA91bHPRgkF7f3e"
EVENT = Event(
    name="credentials.replaced",
    outcome=Outcome.DONE,
    action_id="a-1",
    actor="ada",
    role="operator",
    session_id="s-1",
    subject="user-1",
    before={"deviceTokens": [TOKEN]},
    after={"deviceTokens": []},
)


@pytest.fixture
def log(database: Database, clock: SetClock) -> AuditLog:
    return AuditLog(database, clock, environment=lambda: "Production", seal=SEAL)


async def test_a_line_comes_back_as_it_was_written(log: AuditLog, clock: SetClock) -> None:
    await log.append(EVENT)
    (line,) = await log.page()
    assert (line.name, line.outcome, line.actor, line.subject) == (
        "credentials.replaced",
        Outcome.DONE,
        "ada",
        "user-1",
    )
    assert (line.at, line.environment, line.after) == (clock.now(), "Production", {"deviceTokens": []})


async def test_the_newest_line_comes_first_and_pages_do_not_overlap(log: AuditLog) -> None:
    for number in range(5):
        await log.append(replace(EVENT, subject=f"user-{number}"))
    first = await log.page(limit=2)
    second = await log.page(before_seq=first[-1].seq, limit=2)
    assert [line.subject for line in first + second] == ["user-4", "user-3", "user-2", "user-1"]


async def test_lines_are_found_by_person_actor_and_outcome(log: AuditLog) -> None:
    for subject, actor, outcome in (("u1", "ada", Outcome.DONE), ("u2", "bob", Outcome.FAILED)):
        await log.append(replace(EVENT, subject=subject, actor=actor, outcome=outcome))
    for wanted in (AuditFilter(subject="u2"), AuditFilter(actor="bob"), AuditFilter(outcome=Outcome.FAILED)):
        assert [line.subject for line in await log.page(wanted)] == ["u2"]


async def test_a_person_has_the_lines_of_this_environment_only(
    database: Database, clock: SetClock, log: AuditLog
) -> None:
    elsewhere = AuditLog(database, clock, environment=lambda: "Development", seal=SEAL)
    await log.append(EVENT)
    await elsewhere.append(replace(EVENT, actor="bob"))
    await log.append(replace(EVENT, name="operator.locked"))  # an operator of the same name
    assert [line.actor for line in await log.page(AuditFilter(subject="user-1"))] == ["ada"]
    assert [line.environment for line in await log.page()] == ["Production", "Development", "Production"]


async def test_an_action_that_never_ended_is_not_hidden_with_the_lines_before(log: AuditLog) -> None:
    for action_id, outcome in (("a", Outcome.BEGUN), ("a", Outcome.DONE), ("b", Outcome.BEGUN)):
        await log.append(replace(EVENT, action_id=action_id, outcome=outcome))
    shown = await log.page(AuditFilter(is_over=True))
    assert [(line.action_id, line.outcome.value) for line in shown] == [("b", "begun"), ("a", "done")]


async def test_one_pages_back_to_newer_lines(log: AuditLog) -> None:
    for number in range(5):
        await log.append(replace(EVENT, subject=f"user-{number}"))
    newer = await log.page(after_seq=1, limit=2)
    assert [line.subject for line in newer] == ["user-2", "user-1"]


async def test_any_part_of_a_subject_finds_it_as_it_is(log: AuditLog) -> None:
    for subject in ("a%b_c", "axbxc"):
        await log.append(replace(EVENT, subject=subject))
    assert [line.subject for line in await log.page(AuditFilter(about="%b_"))] == ["a%b_c"]
    known = await log.known()
    assert (known.actors, known.names) == (("ada",), ("credentials.replaced",))


@pytest.mark.parametrize(
    "change", [update(AUDIT).values(actor="eve"), delete(AUDIT)], ids=["update", "delete"]
)
async def test_the_database_itself_refuses_to_change_a_line(
    change: object, log: AuditLog, database: Database
) -> None:
    await log.append(EVENT)
    with pytest.raises(IntegrityError, match="append-only"):
        await database.write(lambda connection: connection.execute(change))  # type: ignore[call-overload]  # either kind
    assert len(await log.page()) == 1


async def test_no_secret_is_written(log: AuditLog) -> None:
    await log.append(EVENT)
    (line,) = await log.page()
    assert line.before == {"deviceTokens": [SEAL.fingerprint(TOKEN)]}
    assert SEAL.fingerprint(TOKEN).startswith("…7f3e #")


@pytest.mark.parametrize(
    "key",
    [
        *("webhookUrl", "webhook_url", "device_tokens", "Authorization", "api_key", "hmac-hash", "password"),
        "aNameOfTomorrow",
    ],
)
def test_a_secret_is_masked_wherever_it_stands(key: str) -> None:
    given = {"channels": [{"credentials": {key: TOKEN, "channel": "general"}}]}
    text = json.dumps(redact(given))
    assert TOKEN not in text
    assert "general" in text


def test_every_secret_field_of_every_provider_is_known_to_the_log() -> None:
    for row in PROVIDERS.values():
        for field in row.fields:
            assert (redact({field.key: TOKEN}) == {field.key: TOKEN}) is not field.secret


def test_giant_and_deep_data_is_cut_not_refused() -> None:
    deep: object = "x"
    for _ in range(5000):
        deep = {"a": [deep]}
    assert len(json.dumps(redact({"data": deep, "long": "y" * 100_000}))) < 5000


async def test_giant_texts_fit(log: AuditLog) -> None:
    await log.append(replace(EVENT, subject="u" * 10_000, detail="d" * 100_000, after=float("inf")))
    (line,) = await log.page()
    assert len(line.subject) == 500
