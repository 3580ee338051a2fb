"""Each panel of a person's page under each fault: its own face, the rest usable, Retry brings it back."""

from typing import Any

import pytest
from nicegui.testing import User, UserInteraction

from tests import harness

ONE = "/v2/subscribers/{id}"
FAULTS: dict[str, dict[str, Any]] = {
    "401": {"status": 401},
    "404": {"status": 404},
    "422": {"status": 422},
    "429": {"status": 429},
    "500": {"status": 500},
    "truncated": {"truncate": True},
    "time-out": {},
}
TIMES = 60

# tab → route of the API, end of its path, what stands there when it fails, and when the server lacks the call
PANELS = {
    "feed": (
        "GET /v1/subscribers/{id}/notifications/feed",
        "/notifications/feed",
        "The feed could not be loaded",
        "This server has no call for a person's in-app feed",
    ),
    "preferences": (
        f"GET {ONE}/preferences",
        "/preferences",
        "The preferences could not be loaded",
        "This server has no call for a person's preferences",
    ),
    "activity": (
        f"GET {ONE}/subscriptions",
        "/subscriptions",
        "The topics could not be loaded",
        "This server does not tell which topics",
    ),
}
RUNS = (
    "GET /v1/notifications",
    "/v1/notifications",
    "The runs could not be loaded",
    "This server does not tell what workflows did",
)
COUNTS = "GET /v1/subscribers/{id}/notifications/unseen"


def break_(route: str, end: str, fault: str) -> None:
    if fault == "time-out":
        harness.current().network.late.add(end)
    else:
        harness.current().faults.next(TIMES, route=route, **FAULTS[fault])


def mend() -> None:
    harness.current().faults.clear()
    harness.current().network.late.clear()


async def somebody() -> str:
    page = await harness.current().ctx.reader.subscribers.search(limit=1)
    return page.items[0].subscriber_id


@pytest.mark.parametrize("fault", FAULTS)
async def test_every_panel_says_what_failed_and_comes_back(operator: User, fault: str) -> None:
    who = await somebody()
    await the_tabs_fail_and_come_back(operator, who, fault)
    await the_first_tab_fails_and_comes_back(operator, who, fault)
    await the_credentials_fail_and_come_back(operator, who, fault)
    await without_the_person_the_page_says_so(operator, who, fault)


async def the_tabs_fail_and_come_back(operator: User, who: str, fault: str) -> None:
    for route, end, *_ in (*PANELS.values(), RUNS):
        break_(route, end, fault)
    await operator.open(f"/subscribers/{who}")
    await operator.should_see(marker="person-name")
    for tab, (_, _, failed, lacking) in PANELS.items():
        operator.find(marker=f"tab-{tab}").click()
        await operator.should_see(lacking if fault == "404" else failed)
    await operator.should_see(RUNS[3] if fault == "404" else RUNS[2])
    await operator.should_see(marker="person-name")
    mend()
    for tab in PANELS if fault != "404" else ():
        operator.find(marker=f"tab-{tab}").click()
        await retry_all(operator)


async def the_first_tab_fails_and_comes_back(operator: User, who: str, fault: str) -> None:
    """Verdicts are given without what could not be read, and say so."""
    break_("GET /v1/integrations", "/v1/integrations", fault)
    break_(f"GET {ONE}/preferences", "/preferences", fault)
    break_(COUNTS, "/notifications/unseen", fault)
    await operator.open(f"/subscribers/{who}")
    await operator.should_see("The integrations could not be listed")
    await operator.should_see("The preferences could not be read")
    await operator.should_see(marker="profile")
    await operator.should_see("?")
    mend()
    operator.find(marker="ask-again").click()
    await operator.should_not_see("The preferences could not be read")


async def the_credentials_fail_and_come_back(operator: User, who: str, fault: str) -> None:
    """Entries still show without a list of integrations, and say what is not known then."""
    tab = f"/subscribers/{who}?tab=credentials"
    break_("GET /v1/integrations", "/v1/integrations", fault)
    await operator.open(tab)
    await operator.should_see("The integrations could not be listed")
    mend()
    break_(f"GET {ONE}", f"/subscribers/{who}", fault)
    await operator.open(tab)
    gone = f"Nobody has the id “{who}”"
    await operator.should_see(gone if fault == "404" else "This person could not be loaded")
    if fault != "404":
        await operator.should_see("The credentials could not be loaded")
    mend()
    await retry_all(operator)
    await operator.should_see(marker="person-name")


async def without_the_person_the_page_says_so(operator: User, who: str, fault: str) -> None:
    break_(f"GET {ONE}", f"/subscribers/{who}", fault)
    await operator.open(f"/subscribers/{who}")
    gone = f"Nobody has the id “{who}”"
    await operator.should_see(gone if fault == "404" else "This person could not be loaded")
    if fault != "404":  # then the tabs below have nothing to be about
        await operator.should_see("The profile could not be loaded")
        await operator.should_see("How to reach this person could not be worked out")
    mend()
    await retry_all(operator)
    await operator.should_see(marker="person-name")


async def retry_all(operator: User) -> None:
    """Press each Retry that is to be seen, until none is left."""
    for _ in range(4):
        try:
            found = operator.find("Retry").elements
        except AssertionError:
            return
        for one in found:
            UserInteraction(operator, {one}, None).click()
        await operator.should_not_see("could not be loaded")
        await operator.should_not_see("Nobody has the id")
    raise AssertionError("a Retry stays")
