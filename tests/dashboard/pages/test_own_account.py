"""What is behind one more question goes on by itself once it is answered."""

from nicegui.testing import User

from dashboard import paths
from dashboard.auth import Role
from dashboard.auth.cookies import NAME
from dashboard.auth.one_time_codes import new_key
from tests import harness
from tests.dashboard.authenticator import code_of

PASSWORD = "a sentence that nobody guesses"


async def test_the_password_is_asked_for_once_and_then_it_is_done(user: User) -> None:
    ctx = harness.current().ctx
    await ctx.operators.add("grace", Role.ADMIN, PASSWORD)
    await ctx.operators.add("ben", Role.VIEWER, PASSWORD)
    user.http_client.cookies.set(NAME, await ctx.sessions.create("grace", Role.ADMIN))
    await user.open(paths.OPERATORS)
    await user.should_see(marker="operator-ben")
    user.find(marker="lock-operator").click()
    await user.should_see("Lock an operator out")
    user.find(marker="lock-operator-go").click()
    await user.should_see("Is it still you?")
    await user.should_see(marker="proof-password")
    user.find(marker="proof-password").type("wrong but long enough")
    user.find(marker="proof-go").click()
    await user.should_see("That is not your password.")
    user.find(marker="proof-password").clear().type(PASSWORD)
    user.find(marker="proof-go").click()
    await user.should_see("ben is locked out.")
    await ctx.api.aclose()


async def test_ones_own_password_is_changed_with_the_old_one(user: User) -> None:
    ctx = harness.current().ctx
    await ctx.operators.add("grace", Role.VIEWER, PASSWORD)
    user.http_client.cookies.set(NAME, await ctx.sessions.create("grace", Role.VIEWER))
    await user.open(paths.SUBSCRIBERS)
    await user.should_see(marker="own-account")
    user.find(marker="own-account").click()
    await user.should_see("1 open session")
    user.find(marker="account-current").type(PASSWORD)
    user.find(marker="account-new").type("too short")
    user.find(marker="account-change").click()
    await user.should_see("A password has at least 12 characters")
    user.find(marker="account-new").clear().type("another sentence nobody guesses")
    user.find(marker="account-change").click()
    await user.should_not_see(marker="account-dialog")
    assert await ctx.operators.check("grace", "another sentence nobody guesses")
    await ctx.api.aclose()


async def test_the_second_factor_stands_in_the_account_with_the_ways_to_change_it(user: User) -> None:
    ctx = harness.current().ctx
    await ctx.operators.add("grace", Role.VIEWER, PASSWORD)
    key = new_key()
    codes = await ctx.second_factors.turn_on("grace", key, code_of(key), instead_of="")
    for code in codes[:7]:
        await ctx.second_factors.use("grace", "10.0.0.1", code)
    user.http_client.cookies.set(NAME, await ctx.sessions.create("grace", Role.VIEWER))
    await user.open(paths.JOBS)
    await user.should_see(marker="own-account")
    user.find(marker="own-account").click()
    await user.should_see("3 recovery codes left. Set it up again to get new ones.")
    for way in ("set-up", "turn-off"):
        (link,) = user.find(marker=way).elements
        assert link.props["href"] == f"/sign-in?next=%2Fjobs&then={way}"
    await ctx.api.aclose()
