"""A draft of an import is found again by its own session, for an hour, and then its file is gone."""

from collections.abc import Collection
from datetime import timedelta
from pathlib import Path

import pytest

from dashboard.csv_io.incoming.form import Limits
from dashboard.import_drafts import KEPT_FOR, MOST_LEFT, ImportDraft, ImportDrafts
from tests.dashboard.clocks import SetClock
from tests.dashboard.imports.files import csv_of


@pytest.fixture
def drafts(tmp_path: Path, clock: SetClock) -> ImportDrafts:
    return ImportDrafts(tmp_path, Limits(), clock)


def typed(drafts: ImportDrafts, session_id: str = "ada") -> ImportDraft:
    draft = drafts.begin(session_id)
    draft.grid[0][0] = "somebody"
    return draft


async def all_alive(sessions: Collection[str]) -> Collection[str]:
    return sessions


async def test_a_file_is_come_back_to_by_its_own_session_only(drafts: ImportDrafts) -> None:
    draft = drafts.begin("ada")
    draft.preparation.path.write_bytes(csv_of("id", "1"))
    await draft.preparation.recognise("people.csv", {})
    drafts.leave(draft)
    assert drafts.come_back(draft.id, session_id="ada") is draft
    assert drafts.come_back(draft.id, session_id="eve") is None
    assert drafts.come_back("another", session_id="ada") is None


def test_what_holds_nothing_is_not_kept(drafts: ImportDrafts) -> None:
    draft = drafts.begin("ada")
    drafts.leave(draft)
    assert drafts.come_back(draft.id, session_id="ada") is None
    assert not draft.preparation.folder.exists()


async def test_what_nobody_looks_at_is_deleted_after_an_hour(drafts: ImportDrafts, clock: SetClock) -> None:
    left, held = typed(drafts), typed(drafts)
    drafts.leave(left)
    clock.forward(seconds=(KEPT_FOR - timedelta(seconds=1)).total_seconds())
    await drafts.forget(all_alive)
    assert left.preparation.folder.exists()
    clock.forward(seconds=1)
    await drafts.forget(all_alive)
    assert not left.preparation.folder.exists()
    assert held.preparation.folder.exists(), "somebody has its page open"


async def test_what_is_come_back_to_while_the_older_visit_ends_is_held(
    drafts: ImportDrafts, clock: SetClock
) -> None:
    draft = typed(drafts)
    assert drafts.come_back(draft.id, session_id="ada")
    drafts.leave(draft)
    clock.forward(seconds=2 * KEPT_FOR.total_seconds())
    await drafts.forget(all_alive)
    assert draft.preparation.folder.exists()


async def test_the_end_of_a_session_deletes_its_files_even_on_an_open_page(drafts: ImportDrafts) -> None:
    mine, theirs = typed(drafts, "ada"), typed(drafts, "bob")

    async def only_bob(_: Collection[str]) -> Collection[str]:
        return {"bob"}

    await drafts.forget(only_bob)
    assert not mine.preparation.folder.exists()
    assert theirs.preparation.folder.exists()


def test_no_more_than_some_are_kept_of_a_session_that_nobody_looks_at(drafts: ImportDrafts) -> None:
    looked_at = typed(drafts)
    left = [typed(drafts) for _ in range(MOST_LEFT + 2)]
    for draft in left:
        drafts.leave(draft)
    kept = [draft.preparation.folder.exists() for draft in left]
    assert kept == [False, False, *[True] * MOST_LEFT]
    assert looked_at.preparation.folder.exists()


def test_stopping_the_dashboard_deletes_all_of_them(drafts: ImportDrafts) -> None:
    draft = typed(drafts)
    drafts.close()
    assert not draft.preparation.folder.exists()
