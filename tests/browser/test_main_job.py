"""The main job in a real browser: find, open, see the feed, add a token, take the list out as CSV."""

import csv
import io
import re
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from dashboard.csv_io import unguard
from tests.browser.accessibility import NONE, violations_in_both_themes


def search_box(page: Page) -> Any:
    return page.get_by_label("Find subscribers by")


def everyone(api_calls: httpx.Client, **filters: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    after: str | None = ""
    while after is not None:
        params = {"limit": "100", **filters} | ({"after": after} if after else {})
        answer = api_calls.get("/v2/subscribers", params=params).raise_for_status().json()
        rows += answer["data"]
        after = answer["next"]
    return rows


def seeded(api_calls: httpx.Client) -> list[dict[str, Any]]:
    """Those with a plain id: other tests leave people with hostile ones."""
    return [row for row in everyone(api_calls) if row["subscriberId"].startswith("user-")]


def someone(api_calls: httpx.Client, wanted: Any) -> dict[str, Any]:
    return next(row for row in seeded(api_calls) if wanted(row))


def test_a_person_is_found_by_a_part_of_the_mail_address_and_opened(
    page: Page, api_calls: httpx.Client
) -> None:
    person = someone(api_calls, lambda row: row.get("email") and row.get("firstName"))
    page.goto("/subscribers")
    search_box(page).fill(person["email"][2:])
    row = page.get_by_role("row").filter(has_text=person["subscriberId"])
    expect(page.get_by_role("row")).to_have_count(2)
    row.get_by_role("link").click()
    expect(page).to_have_url(re.compile("/subscribers/"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(person["firstName"])


def test_back_and_forward_keep_the_list_and_the_tab(page: Page, api_calls: httpx.Client) -> None:
    person = someone(api_calls, lambda row: row.get("firstName") and row.get("email"))
    page.goto("/subscribers")
    search_box(page).fill(person["email"])
    expect(page.get_by_role("row")).to_have_count(2)
    page.get_by_role("row").filter(has_text=person["subscriberId"]).get_by_role("link").click()
    page.get_by_role("tab", name="In-app feed").click()
    expect(page).to_have_url(re.compile("tab=feed"))
    page.go_back()
    expect(page.get_by_role("tab", name="Profile")).to_have_attribute("aria-selected", "true")
    page.go_back()
    expect(search_box(page)).to_have_value(person["email"])
    expect(page.get_by_role("row").filter(has_text=person["subscriberId"])).to_be_visible()
    page.go_forward()
    page.go_forward()
    expect(page.get_by_role("tab", name="In-app feed")).to_have_attribute("aria-selected", "true")


def test_next_and_previous_walk_the_pages_by_cursor(page: Page, api_calls: httpx.Client) -> None:
    newest = [row["subscriberId"] for row in everyone(api_calls)]
    shown = page.locator("tbody tr .who .mono")
    page.goto("/subscribers?size=25")
    expect(shown).to_have_text(newest[:25])
    page.get_by_role("button", name="Next page").click()
    expect(shown).to_have_text(newest[25:50])
    page.get_by_role("button", name="Previous page").click()
    expect(shown).to_have_text(newest[:25])


def test_the_feed_shows_what_the_api_holds(page: Page, api_calls: httpx.Client) -> None:
    person, feed = next(
        (row, feed)
        for row in seeded(api_calls)
        if (feed := api_calls.get(f"/v1/subscribers/{row['subscriberId']}/notifications/feed").json())["data"]
    )
    page.goto(f"/subscribers/{person['subscriberId']}?tab=feed")
    messages = page.get_by_role("list", name="Messages").get_by_role("listitem")
    expect(messages).to_have_count(len(feed["data"]))
    expect(messages.first).to_contain_text(feed["data"][0]["content"])
    unseen = api_calls.get(f"/v1/subscribers/{person['subscriberId']}/notifications/unseen").json()
    expect(page.locator(".figure b").first).to_have_text(str(unseen["data"]["count"]))


def test_a_token_that_is_added_is_there_after_a_reload_and_masked(
    page: Page, api_calls: httpx.Client
) -> None:
    person = someone(api_calls, lambda row: not row["channels"])
    token = "dQw4w9WgXcQ:APA91bTestTokenOfTheMainJob7f3e"
    page.goto(f"/subscribers/{person['subscriberId']}?tab=credentials")
    page.get_by_role("button", name="Add credentials").click()
    page.get_by_role("button", name="Firebase Cloud Messaging").click()
    page.get_by_label("Registration tokens").fill(token)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("…7f3e").first).to_be_visible()
    page.reload()
    expect(page.get_by_text("…7f3e").first).to_be_visible()
    assert token not in page.content()
    stored = api_calls.get(f"/v2/subscribers/{person['subscriberId']}").json()["data"]["channels"]
    assert [entry["credentials"]["deviceTokens"] for entry in stored] == [[token]]


def test_the_csv_of_a_search_equals_what_the_api_gives(page: Page, api_calls: httpx.Client) -> None:
    wanted = everyone(api_calls, email="example.com")
    assert len(wanted) > 1
    page.goto("/subscribers?q=example.com")
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as download:
        page.get_by_role("dialog").get_by_role("button", name="Export", exact=True).click()
    text = download.value.path().read_bytes().decode()  # line breaks within cells stay what they are
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert {row["subscriberId"] for row in rows} == {row["subscriberId"] for row in wanted}
    by_id = {row["subscriberId"]: row for row in rows}
    for row in wanted:
        for key in ("firstName", "lastName", "email", "phone"):
            assert unguard(by_id[row["subscriberId"]][key]) == (row.get(key) or "")


def test_an_api_that_is_down_shows_the_failed_face_and_recovers(page: Page, fail: Any) -> None:
    fail("GET /v2/subscribers", status=503, times=99)
    page.goto("/subscribers")
    expect(page.get_by_role("alert")).to_contain_text("The subscribers could not be loaded")
    expect(page.get_by_text("No subscribers yet")).to_be_hidden()
    fail.no_more()
    page.get_by_role("button", name="Retry").click()
    expect(page.get_by_role("row").nth(3)).to_be_visible()


@pytest.mark.parametrize("width", [1440, 400])
@pytest.mark.parametrize("tab", ["profile", "feed", "credentials"])
def test_a_persons_page_has_no_barriers(page: Page, api_calls: httpx.Client, tab: str, width: int) -> None:
    person = someone(api_calls, lambda row: len(row["channels"]) > 1)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"/subscribers/{person['subscriberId']}?tab={tab}")
    expect(page.get_by_role("tab", selected=True)).to_be_visible()
    assert violations_in_both_themes(page) == NONE


@pytest.mark.parametrize("width", [1440, 400])
def test_the_list_has_no_barriers(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/subscribers")
    expect(page.get_by_role("row").nth(3)).to_be_visible()
    assert violations_in_both_themes(page) == NONE


@pytest.mark.parametrize("path", ["/sign-in", "/subscribers?q=nobody-at-all", "/subscribers/nobody"])
def test_quiet_pages_have_no_barriers(page: Page, path: str) -> None:
    page.goto(path)
    expect(page.locator("h1, h2").first).to_be_visible()
    assert violations_in_both_themes(page) == NONE
