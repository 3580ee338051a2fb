"""The audit log's filters: what is typed there outlives the reading that another filter began."""

from nicegui.testing import User


async def test_a_filter_that_was_changed_here_does_not_redraw_the_others(operator: User) -> None:
    await operator.open("/audit")
    await operator.should_see(marker="audit-since", retries=20)
    boxes = operator.find(marker="audit-about").elements
    operator.find(marker="audit-since").trigger("change", "2999-01-01")
    await operator.should_see("No matching lines", retries=20)
    await operator.should_see(marker="audit-clear")
    assert operator.find(marker="audit-about").elements == boxes
    operator.find(marker="audit-clear").click()
    await operator.should_see("Sign in", retries=20)
    await operator.should_not_see(marker="audit-clear")
    [since] = operator.find(marker="audit-since").elements
    assert since.props["defaultValue"] == ""


async def test_a_filter_of_the_address_stands_in_its_field(operator: User) -> None:
    await operator.open("/audit?since=2026-11-11&outcome=all")
    await operator.should_see(marker="audit-since", retries=20)
    [since] = operator.find(marker="audit-since").elements
    assert since.props["defaultValue"] == "2026-11-11"


async def test_a_filter_that_does_not_exist_is_said_to_be_so(operator: User) -> None:
    await operator.open("/audit?outcome=great&since=yesterday")
    await operator.should_see("Part of this address was not understood and was left out: “outcome”, “since”.")
    await operator.should_see(marker="audit-since")
