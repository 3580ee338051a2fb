"""Pure parts of the activity: which runs are wanted, which stand together; whose e-mail is the same."""

from typing import Any

import pytest

from api_client import Run, RunFilter
from dashboard.pages.subscriber.elsewhere import same_value
from dashboard.pages.subscriber.raw import as_read
from dashboard.pages.subscriber.run_filter import RunsWanted
from dashboard.pages.subscriber.run_rows import by_transaction, without_quotes
from dashboard.pages.subscriber.state import PersonState


def test_the_address_holds_which_runs_are_wanted_on_that_tab_only() -> None:
    wanted = RunsWanted("push", "a1", "txn 1", "2026-11-01", "2026-11-30")
    state = PersonState("activity").asking_for_runs(wanted)
    assert PersonState.from_query(state.to_query()) == state
    assert state.on_tab("feed").to_query() == {"tab": "feed"}


@pytest.mark.parametrize("query", [{"channel": "fax"}, {"since": "soon"}, {"until": "9999-12-31"}])
def test_what_makes_no_sense_in_the_address_is_left_out(query: dict[str, Any]) -> None:
    assert RunsWanted.from_query(query).is_empty


def test_the_last_day_counts_to_its_end_and_what_is_shown_is_what_is_asked() -> None:
    wanted = RunsWanted(channel="sms", since="2026-11-01", until="2026-11-30")
    first, last = "2026-11-01T00:00:00.000Z", "2026-11-30T23:59:59.999Z"
    assert wanted.asks() == RunFilter(channel="sms", after=first, before=last)
    assert wanted.as_query() == {"channels": "sms", "after": first, "before": last}


def test_runs_of_one_transaction_stand_together_and_those_without_one_alone() -> None:
    runs = [Run(id=id_, transaction_id=of) for id_, of in (("1", "a"), ("2", None), ("3", "a"), ("4", None))]
    found = [(of, [run.id for run in group]) for of, group in by_transaction(runs)]
    assert found == [("a", ["1", "3"]), ("", ["2"]), ("", ["4"])]


def test_the_same_email_is_the_whole_of_it_in_any_case() -> None:
    assert same_value(" Ada@Example.com", "ada@example.COM")
    assert not same_value("ada@example.com.br", "ada@example.com")
    assert not same_value(None, "ada@example.com")


def test_a_token_that_a_provider_quotes_in_a_run_does_not_reach_the_browser() -> None:
    token = "fGx1kq:APA91b" + "Hx" * 60
    detail = {"status": "Failed", "detail": "Provider error", "raw": f'{{"token":"{token}"}}'}
    run = Run.model_validate({"_id": "1", "jobs": [{"type": "push", "executionDetails": [detail]}]})
    jobs = without_quotes(run).jobs
    assert jobs
    assert jobs[0].details[0].raw == '{"token":"…HxHx"}'
    assert token not in str(as_read(without_quotes(run)))
    bare = Run(id="2")
    assert without_quotes(bare) is bare
