"""What an administrator decides for everybody: a refusal does not leave standing what was chosen."""

from nicegui.testing import User

from tests import harness


async def test_a_decision_that_is_refused_shows_what_holds(operator: User) -> None:
    await operator.open("/operators")
    await operator.should_see(marker="policy-reveals", retries=20)
    [select] = operator.find(marker="policy-reveals").elements
    sessions = harness.current().ctx.sessions
    for name in await sessions.open_now():
        await sessions.end_all_of(name)
    operator.find(marker="policy-reveals").trigger("change", "nobody")
    await operator.should_see("You are signed out, so nothing was changed.", retries=20)
    [now] = operator.find(marker="policy-reveals").elements
    assert now is not select
    chosen = [option.props["value"] for option in now if option.props.get("selected")]
    assert chosen == ["operators"]
