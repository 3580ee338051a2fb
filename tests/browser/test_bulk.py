"""Many people changed at once: few steps, a typed number, results, and a restart in the middle."""

import csv
import io
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from dashboard.actions.bulk import AT_ONCE
from dashboard.jobs.leases import LEASE
from tests.browser import servers
from tests.browser.conftest import NewContext
from tests.browser.servers import Running
from tests.browser.steps import Steps
from tests.browser.test_list import box, rows

MANY = 40


@pytest.fixture
def leftovers(api_calls: httpx.Client) -> Iterator[list[str]]:
    ids = [f"bulk-left-{number:02d}" for number in range(MANY)]
    people = [{"subscriberId": one, "firstName": "Leftover", "locale": "de_DE"} for one in ids]
    api_calls.post("/v1/subscribers/bulk", json={"subscribers": people}).raise_for_status()
    yield ids
    for one in ids:
        api_calls.delete(f"/v2/subscribers/{one}")


def left(api_calls: httpx.Client) -> int:
    return len(api_calls.get("/v2/subscribers", params={"name": "Leftover", "limit": 100}).json()["data"])


def test_journey_20_forty_leftovers_are_deleted_in_six_steps(
    page: Page, api_calls: httpx.Client, leftovers: list[str]
) -> None:
    page.goto("/subscribers")
    steps = Steps(page)
    steps.type(box(page), "Leftover")
    expect(rows(page)).to_have_count(MANY)
    steps.click(page.get_by_role("checkbox", name="Select all people on this page"))
    steps.click(page.get_by_role("button", name="Delete"))
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name=f"Delete {MANY} people")).to_be_disabled()
    expect(dialog.get_by_role("listitem").first).to_contain_text("bulk-left-")
    steps.type(dialog.get_by_label(f"Type {MANY} to confirm"), str(MANY))
    steps.click(dialog.get_by_role("button", name=f"Delete {MANY} people"))
    expect(page.get_by_text(f"{MANY} of {MANY}")).to_be_visible()
    assert steps.count <= 6
    assert left(api_calls) == 0


def test_everyone_who_matches_is_more_than_the_page_and_gets_the_language(
    page: Page, api_calls: httpx.Client, leftovers: list[str]
) -> None:
    api_calls.patch(f"/v2/subscribers/{leftovers[0]}", json={"locale": "fr_FR"}).raise_for_status()
    page.goto("/subscribers?name=Leftover&size=25")
    expect(rows(page)).to_have_count(25)
    page.get_by_role("checkbox", name="Select all people on this page").click()
    page.get_by_role("button", name=f"Select all {MANY} people").click()
    page.get_by_role("button", name="Set language").click()
    page.get_by_role("dialog").get_by_role("textbox", name="Language").fill("fr_FR")
    expect(page.get_by_text(f"{MANY - 1} people will change, 1 already set.")).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="Set language").click()
    expect(page.get_by_text(f"{MANY} of {MANY} · 1 needed no change")).to_be_visible()
    row = page.get_by_role("row").filter(has_text=leftovers[1])
    expect(row).to_contain_text("de_DE → fr_FR")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()
    assert len(download.value.path().read_text("utf-8").splitlines()) == MANY + 1


def test_failures_say_why_and_are_tried_again(page: Page, leftovers: list[str], fail) -> None:
    page.goto("/subscribers?name=Leftover&size=50")
    rows(page).nth(0).get_by_role("checkbox").click()
    page.get_by_role("button", name="Set time zone").click()
    page.get_by_role("dialog").get_by_role("textbox", name="Time zone").fill("Europe/Nowhere")
    expect(page.get_by_text("Not a time zone.")).to_be_visible()
    page.get_by_role("dialog").get_by_role("textbox", name="Time zone").fill("Europe/Berlin")
    fail("PATCH /v2/subscribers/{subscriberId}", status=422, times=1)
    page.get_by_role("dialog").get_by_role("button", name="Set time zone").click()
    expect(page.get_by_text("1 of 1 · 1 failed")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="failed")).to_be_visible()
    page.get_by_role("button", name="Retry 1 failed").click()
    expect(page.get_by_role("row").filter(has_text="→ Europe/Berlin")).to_be_visible()


def test_a_job_is_paused_resumed_and_cancelled(page: Page, leftovers: list[str], fail) -> None:
    fail("PATCH /v2/subscribers/{subscriberId}", times=MANY, delay_s=2)  # it would run for twenty seconds
    page.goto("/subscribers?name=Leftover&size=50")
    page.get_by_role("checkbox", name="Select all people on this page").click()
    page.get_by_role("button", name="Set language").click()
    page.get_by_role("dialog").get_by_role("textbox", name="Language").fill("it_IT")
    page.get_by_role("dialog").get_by_role("button", name="Set language").click()
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("Paused by hand.")).to_be_visible()
    page.get_by_role("button", name="Resume").click()
    expect(page.get_by_text("Running", exact=True)).to_be_visible()
    page.get_by_role("button", name="Cancel the rest").click()
    expect(page.get_by_text("Cancelled", exact=True)).to_be_visible()
    page.get_by_role("combobox", name="Show").select_option("waiting")
    expect(page.get_by_role("row").filter(has_text="waiting").first).to_be_visible()


def test_marking_many_read_cannot_be_undone_so_the_number_is_typed(page: Page, leftovers: list[str]) -> None:
    page.goto("/subscribers?name=Leftover&size=25")
    page.get_by_role("checkbox", name="Select all people on this page").click()
    page.get_by_role("button", name="Mark all read").click()
    dialog = page.get_by_role("dialog")
    go = dialog.get_by_role("button", name="Mark read")
    expect(go).to_be_disabled()
    dialog.get_by_label("Type 25 to confirm").fill("25")
    go.click()
    expect(page.get_by_text("25 of 25 · 25 needed no change")).to_be_visible()


def test_a_killed_server_takes_up_its_deletion_where_it_was_and_does_nothing_twice(
    new_context: NewContext,
    api: Running,
    api_calls: httpx.Client,
    leftovers: list[str],
    tmp_path: Path,
    fail,
) -> None:
    fail("DELETE /v2/subscribers/{subscriberId}", times=MANY, delay_s=2)
    with servers.dashboard(tmp_path, api_url=api.url) as first:
        page = new_context(base_url=first.url).new_page()
        page.goto(servers.sign_in_link(first))
        page.goto("/subscribers?name=Leftover")
        page.get_by_role("checkbox", name="Select all people on this page").click()
        page.get_by_role("button", name="Delete").click()
        page.get_by_label(f"Type {MANY} to confirm").fill(str(MANY))
        page.get_by_role("dialog").get_by_role("button", name=f"Delete {MANY} people").click()
        expect(page.get_by_text(re.compile(rf"^([1-9]|[12]\d) of {MANY}"))).to_be_visible()
        first.process.send_signal(signal.SIGKILL)
        first.process.wait()
        page.context.close()
    fail.no_more()
    assert 0 < left(api_calls) < MANY
    with servers.dashboard(tmp_path, api_url=api.url) as second:
        page = new_context(base_url=second.url).new_page()
        page.goto(servers.sign_in_link(second))
        page.goto("/jobs")
        page.get_by_role("link", name=f"Delete {MANY} people").click()
        stopped = page.get_by_text("The dashboard was stopped while this was running.")
        expect(stopped).to_be_visible(timeout=1000 * LEASE.total_seconds() + 30_000)
        page.get_by_role("button", name="Resume").click()
        expect(page.get_by_text(f"{MANY} of {MANY}", exact=True)).to_be_visible()
        expect(page.get_by_text("failed", exact=True)).to_have_count(0)
        with page.expect_download() as download:
            page.get_by_role("button", name="Download CSV").click()
        results = list(csv.DictReader(io.StringIO(download.value.path().read_text("utf-8"))))
    assert left(api_calls) == 0
    assert sorted(row["subscriberId"] for row in results) == sorted(leftovers)
    # Who was in flight when it died is looked for again and found gone; nobody else is touched twice.
    assert sum(row["note"] == "was gone already" for row in results) <= AT_ONCE
