"""Each provider's form in a real browser, from its row: a new row is tested by being there.

On an API of its own that has every integration twice, on one page that goes from person to person.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import closing

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.providers import PROVIDERS, Field, Provider, mask, payload
from tests.browser import servers
from tests.browser.conftest import USUAL, errors_of
from tests.browser.credentials import card, create, store, stored
from tests.browser.servers import KEY, Running
from tests.dashboard.providers.samples import GOOD

ROWS = [row for row in PROVIDERS.values() if row.fields]


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    port = servers.free_port()
    command = [sys.executable, "-m", "tests.browser.twins", str(port), KEY]
    headers = {"Authorization": f"ApiKey {KEY}"}
    with (
        servers.serve(command, tmp_path_factory.mktemp("twins"), port=port) as api,
        httpx.Client(base_url=api.url, headers=headers, trust_env=False) as client,
    ):
        yield client


@pytest.fixture(scope="module")
def running(twins: httpx.Client, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    url = str(twins.base_url).rstrip("/")
    with servers.dashboard(tmp_path_factory.mktemp("over-twins"), api_url=url) as running:
        yield running


@pytest.fixture(scope="module")
def tab(browser: Browser, running: Running) -> Iterator[Page]:
    """One page for all rows; what it writes to the console as an error fails the last of them."""
    with closing(browser.new_context(**USUAL, base_url=running.url)) as context:
        page = context.new_page()
        errors = errors_of(page)
        page.goto(servers.sign_in_link(running))
        yield page
    assert not errors, f"the browser's console holds errors: {errors}"


def visit(page: Page, person: str, fix: str = "") -> None:
    """To another person as a link does, without loading the application again; `fix` opens a form."""
    expect(page.get_by_role("link", name="Subscribers").first).to_be_visible()
    page.evaluate(
        """(path) => { const link = document.createElement("a"); link.href = path;
        document.body.append(link); link.click(); link.remove(); }""",
        f"/subscribers/{person}?tab=credentials&fix={fix}",
    )
    expect(page).to_have_url(re.compile(f"/subscribers/{person}"))


def first_asked(row: Provider) -> Field:
    return next((field for field in row.fields if field.required), row.fields[0])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_form_refuses_nothing_saves_good_values_and_lets_go_of_them(
    row: Provider, tab: Page, twins: httpx.Client, running: Running
) -> None:
    person, main, second = create(twins, f"with-{row.id}"), f"{row.id}-main", f"{row.id}-second"
    twin = {"deviceTokens": ["twin"], "webhookUrl": "https://twin.example", "channel": "twin"}
    store(twins, person, second, **twin)
    visit(tab, person, fix=f"{row.id}:{main}")
    dialog = tab.get_by_role("dialog", name=f"Add {row.label}")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.locator(f'[name="{first_asked(row).key}"]')).to_have_attribute("aria-invalid", "true")
    expect(dialog.get_by_role("alert").first).to_be_visible()
    for key, text in GOOD[row.id].items():
        dialog.locator(f'[name="{key}"]').fill(text)
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    expect(tab).not_to_have_url(re.compile("fix="))
    for field in row.fields:
        if not field.stored:
            expect(tab.get_by_text("did not keep them")).to_contain_text(field.label)
    tab.reload()
    mine = card(tab, main)
    expect(mine).to_be_visible()
    dropped = {field.key for field in row.fields if not field.stored}
    wanted = {key: value for key, value in payload(row, GOOD[row.id]).items() if key not in dropped}
    assert stored(twins, person) == {main: wanted, second: twin}
    secrets = [GOOD[row.id][field.key] for field in row.fields if field.secret and field.key in GOOD[row.id]]
    expect(mine.locator(".secret")).to_have_text([mask(secret) for secret in secrets])
    seen = tab.content() + tab.url + running.log()
    assert not [secret for secret in secrets if secret not in mask(secret) and secret in seen]
    mine.get_by_role("button", name="Remove…").click()
    tab.get_by_role("button", name="Empty this entry").click()
    expect(tab.get_by_role("dialog")).to_have_count(0)
    expect(tab.get_by_text(re.compile("^Emptied"))).to_be_visible()
    left = stored(twins, person)
    assert not any(left[main].values())
    assert left[second] == twin


def test_every_provider_is_offered_by_its_name(tab: Page, twins: httpx.Client) -> None:
    visit(tab, create(twins, "with-nothing"))
    tab.get_by_role("button", name="Add credentials").click()
    for row in PROVIDERS.values():
        choice = tab.get_by_role("dialog").get_by_role("button", name=row.label, exact=True)
        expect(choice).to_be_enabled(enabled=bool(row.fields))
    tab.get_by_role("button", name="Discord", exact=True).click()
    expect(tab.get_by_role("dialog", name="Add Discord")).to_be_visible()
    tab.get_by_role("button", name="Cancel").click()
    expect(tab.get_by_role("dialog")).to_have_count(0)


def test_a_provider_that_takes_nothing_says_where_its_address_is(tab: Page, twins: httpx.Client) -> None:
    visit(tab, create(twins, "with-whatsapp"))
    tab.get_by_role("button", name="Add credentials").click()
    choice = tab.get_by_role("button", name="WhatsApp Business")
    expect(choice).to_be_disabled()
    expect(choice).to_have_attribute("aria-description", re.compile("phone number in the person's profile"))
    choice.focus()
    expect(choice).to_be_focused()  # so that the reason is told without a pointer too
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("dialog", name="Add credentials")).to_be_visible()
    tab.keyboard.press("Escape")
