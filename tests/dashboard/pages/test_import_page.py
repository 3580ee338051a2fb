"""The wizard comes back from its address: step, file and choices, for whoever brought them."""

from nicegui.testing import User

from dashboard import paths
from dashboard.auth.sessions import token_id
from dashboard.import_drafts import ImportDraft
from dashboard.pages.imports.draft import NOT_KEPT
from dashboard.pages.imports.wizard import Step
from tests import harness
from tests.dashboard.imports.files import csv_of


async def a_draft(session_id: str) -> ImportDraft:
    draft = harness.current().ctx.drafts.begin(session_id)
    draft.preparation.path.write_bytes(csv_of("id,Vorname", "1,Ada", "2,Bob"))
    await draft.preparation.recognise("people.csv", {})
    draft.preparation.decide(clear="<none>")
    return draft


def session_of(user: User) -> str:
    return next(token_id(value) for name, value in user.http_client.cookies.items() if "session" in name)


async def test_an_address_with_a_draft_shows_its_step_with_what_was_chosen(operator: User) -> None:
    draft = await a_draft(session_of(operator))
    await operator.open(paths.imports(Step.COLUMNS, draft.id))
    await operator.should_see("Match columns")
    (clear,) = operator.find(marker="import-clear").elements
    assert getattr(clear, "value", None) == "<none>"


async def test_a_draft_of_somebody_else_is_not_kept_as_far_as_this_session_sees(operator: User) -> None:
    draft = await a_draft("another session")
    await operator.open(paths.imports(Step.COLUMNS, draft.id))
    await operator.should_see(NOT_KEPT)
    await operator.should_see(marker="file-pick")
    await operator.should_not_see("Vorname")


async def test_what_is_typed_by_hand_can_be_found_again_from_the_first_cell_on(operator: User) -> None:
    await operator.open(paths.imports(Step.FILE))
    await operator.should_see("Enter rows by hand")
    operator.find("Enter rows by hand").click()
    await operator.should_see(marker="grid-continue")
    assert operator.client
    router = operator.client.sub_pages_router
    assert "draft=" not in router.current_path
    operator.find(marker="grid-0-0").trigger("input", "somebody")
    assert "draft=" in router.current_path
    await operator.open(router.current_path)
    await operator.should_see(marker="grid-0-0")
    (cell,) = operator.find(marker="grid-0-0").elements
    assert cell.props["defaultValue"] == "somebody"
