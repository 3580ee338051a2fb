"""Operators, policies, the audit log and single sign-on in a browser."""

import csv
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import servers
from tests.browser.accessibility import NONE, violations_in_both_themes
from tests.browser.accounts import PASSWORD, add_accounts
from tests.browser.conftest import NewContext, People, errors_of
from tests.browser.servers import ROOT, Running

Visit = Callable[[str, str], Page]
PROVIDER = ROOT / "tests" / "authorization" / "provider_server.py"


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    port = servers.free_port()
    command = [sys.executable, "-W", "ignore", str(PROVIDER), str(port)]
    with servers.serve(command, tmp_path_factory.mktemp("provider"), port=port) as running:
        yield running


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory, api: Running, provider: Running) -> Iterator[Running]:
    """A dashboard with an administrator and a viewer, and a provider for everybody else."""
    folder = tmp_path_factory.mktemp("guarded")
    add_accounts(folder / "data", {"ada": "admin", "vic": "viewer"})
    oidc = {
        "DASHBOARD_OIDC_ISSUER": provider.url,
        "DASHBOARD_OIDC_CLIENT_ID": "the-dashboard",
        "DASHBOARD_OIDC_CLIENT_SECRET": "a secret of the tests",
        "DASHBOARD_OIDC_ROLES": "support=operator,leads=admin",
    }
    with servers.dashboard(folder, api_url=api.url, DASHBOARD_ENVIRONMENT="Staging", **oidc) as running:
        yield running


@pytest.fixture
def visit(new_context: NewContext, guarded: Running) -> Iterator[Visit]:
    """Open a page as somebody, each in a browser of their own whose console must stay clean."""
    errors: list[list[str]] = []

    def visit(name: str, path: str) -> Page:
        page = new_context(base_url=guarded.url).new_page()
        errors.append(errors_of(page))
        page.goto(path)
        page.get_by_label("Name").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        return page

    yield visit
    assert not any(errors)


def row(page: Page, name: str) -> Locator:
    return page.get_by_role("list", name="Operators").get_by_role("listitem").filter(has_text=name)


def test_an_administrator_adds_someone_and_throws_them_out_of_an_open_tab(visit: Visit) -> None:
    ada = visit("ada", "/operators")
    expect(row(ada, "vic")).to_contain_text("Not signed in")
    assert violations_in_both_themes(ada) == NONE
    ada.get_by_role("button", name="Add operator").click()
    dialog = ada.get_by_role("dialog")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Name").fill("otto")
    dialog.get_by_label("Role").select_option("operator")
    dialog.get_by_label("Password").fill("short")
    dialog.get_by_role("button", name="Add", exact=True).click()
    expect(dialog.get_by_text("at least 12 characters").last).to_be_visible()
    assert violations_in_both_themes(ada) == NONE
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Add", exact=True).click()
    expect(row(ada, "otto")).to_contain_text("Operator")
    otto = visit("otto", "/subscribers")
    expect(otto.get_by_role("row").nth(3)).to_be_visible()
    ada.reload()
    row(ada, "otto").get_by_text("Change", exact=True).click()
    row(ada, "otto").get_by_role("button", name="Lock…").click()
    assert violations_in_both_themes(ada) == NONE
    ada.get_by_role("dialog").get_by_role("button", name="Lock", exact=True).click()
    expect(otto).to_have_url(re.compile("/sign-in"))
    expect(row(ada, "otto")).to_contain_text("Locked")


def test_by_keyboard_alone_a_role_is_changed(visit: Visit) -> None:
    ada = visit("ada", "/operators")
    row(ada, "vic").locator("summary").focus()
    ada.keyboard.press("Enter")
    row(ada, "vic").get_by_role("button", name="Role…").focus()
    ada.keyboard.press("Enter")
    expect(ada.get_by_role("dialog")).to_be_visible()
    ada.get_by_role("dialog").get_by_role("button", name="Cancel").focus()
    ada.keyboard.press("Enter")
    expect(ada.get_by_role("dialog")).to_have_count(0)


def test_a_viewer_is_shown_neither_the_way_nor_the_page_and_the_log_knows(visit: Visit) -> None:
    vic = visit("vic", "/audit")
    expect(vic.get_by_role("alert")).to_contain_text(
        "Your role does not include the right to see the audit log"
    )
    expect(vic.get_by_role("link", name="Audit log")).to_have_count(0)
    expect(vic.get_by_role("button", name="Export CSV")).to_be_disabled()
    assert violations_in_both_themes(vic) == NONE
    ada = visit("ada", "/audit?who=vic&outcome=refused")
    expect(
        ada.get_by_role("list", name="Lines of the audit log").get_by_text("Open the audit log")
    ).to_be_visible()


@pytest.fixture
def somebody(people: People) -> str:
    """With personal data to mask; the newest, and so in the first row."""
    people({"subscriberId": "with-a-name", "firstName": "Grace", "lastName": "Hopper"})
    return "with-a-name"


def person_row(page: Page, subscriber_id: str) -> Locator:
    return page.get_by_role("row").filter(has_text=subscriber_id)


def test_what_an_administrator_masks_a_viewer_does_not_see(visit: Visit, somebody: str) -> None:
    ada = visit("ada", "/operators")
    ada.get_by_label("What viewers see of a person").select_option("yes")
    expect(ada.get_by_text("Decided.")).to_be_visible()
    vic = visit("vic", "/subscribers")
    expect(person_row(vic, somebody)).to_contain_text("•••")
    expect(vic.get_by_role("button", name="Personal data: masked for your role")).to_be_disabled()
    ada.reload()
    expect(ada.get_by_label("What viewers see of a person")).to_have_value("yes")
    ada.get_by_label("What viewers see of a person").select_option("no")
    expect(ada.get_by_text("Decided.")).to_be_visible()
    log = visit("ada", "/audit?action=operator.policy_set")
    log.get_by_role("list", name="Lines of the audit log").locator("summary").first.click()
    expect(log.get_by_role("heading", name="After")).to_be_visible()
    assert violations_in_both_themes(log) == NONE


def test_personal_data_is_masked_for_a_shared_screen_and_shown_again(visit: Visit, somebody: str) -> None:
    ada = visit("ada", "/subscribers")
    cells = person_row(ada, somebody)
    expect(cells).to_contain_text("Grace Hopper")
    ada.get_by_role("button", name="Personal data: shown. Mask").click()
    expect(cells).to_contain_text("•••")
    expect(ada.get_by_role("button", name="Create", exact=True)).to_be_disabled()
    assert violations_in_both_themes(ada) == NONE
    ada.get_by_role("button", name="Personal data: masked. Show").click()
    expect(ada.get_by_role("button", name="Create", exact=True)).to_be_enabled()


def test_the_log_is_filtered_by_its_address_paged_and_taken_as_a_file(visit: Visit, tmp_path: Path) -> None:
    ada = visit("ada", "/audit")
    shown = ada.get_by_role("list", name="Lines of the audit log")
    lines, unfiltered = shown.get_by_role("listitem"), str(shown.get_attribute("id"))
    ada.get_by_label("Action").select_option("operator.signed_in")
    expect(ada).to_have_url(re.compile(r"\?action=operator\.signed_in$"))
    expect(shown).not_to_have_attribute("id", unfiltered)  # it is drawn after that
    expect(lines.filter(has_text="Sign in").first).to_be_visible()
    expect(lines.filter(has_text="Turned away")).to_have_count(0)
    lines.first.locator("summary").click()
    expect(lines.first.get_by_text("127.0.0.1")).to_be_visible()
    assert violations_in_both_themes(ada) == NONE
    with ada.expect_download() as download:
        ada.get_by_role("button", name="Export CSV").click()
    path = tmp_path / "audit.csv"
    download.value.save_as(path)
    rows = list(csv.DictReader(path.read_text("utf-8").splitlines()))
    assert {one["name"] for one in rows} == {"operator.signed_in"}
    ada.go_back()
    expect(ada).to_have_url(re.compile(r"/audit$"))
    expect(lines.filter(has_text="Export the audit log").first).to_be_visible()


def test_single_sign_on_leads_through_the_provider_and_back(
    new_context: NewContext, guarded: Running
) -> None:
    page = new_context(base_url=guarded.url).new_page()
    page.goto("/jobs")
    assert violations_in_both_themes(page) == NONE
    page.get_by_role("link", name="Sign in with single sign-on").click()
    page.get_by_role("button", name="2", exact=True).click()
    expect(page).to_have_url(re.compile("/jobs$"))
    expect(page.get_by_text("Signed in as otto")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("link", name="Sign out of single sign-on too").click()
    expect(page).to_have_url(re.compile("/oauth2/end_session"))
    page.goto("/sign-in")
    page.get_by_role("link", name="Sign in with single sign-on").click()
    page.get_by_role("button", name="3", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("may not use this dashboard")
