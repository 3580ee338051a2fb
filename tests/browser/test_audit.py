"""The audit log's filters by keyboard: a date typed digit by digit, and where the keyboard is afterwards."""

import re

from playwright.sync_api import Page, expect


def test_a_date_is_heard_when_its_year_is_whole_and_the_keyboard_stays_on_it(page: Page) -> None:
    page.goto("/audit")
    since = page.get_by_label("From (UTC)")
    since.focus()
    page.keyboard.type("11112026", delay=60)
    expect(page).to_have_url(re.compile("since=2026-11-11"))
    expect(since).to_have_value("2026-11-11")
    expect(since).to_be_focused()
    page.get_by_label("Outcome").select_option("all")
    expect(page).to_have_url(re.compile("outcome=all"))
    page.get_by_role("button", name="Clear filters").press("Enter")
    expect(since).to_have_value("")
    expect(page.get_by_role("button", name="Clear filters")).to_be_hidden()
    page.go_back()
    expect(since).to_have_value("2026-11-11")
