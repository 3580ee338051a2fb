"""The import that one visit prepares: begun here, or come back to by its id in the address."""

# NiceGUI leaves generics of these calls open.
# pyright: reportUnknownMemberType=false

from nicegui import ui

from dashboard.components.shell import Stage
from dashboard.import_drafts import ImportDraft

KEPT = "import"
QUERY = "draft"
NOT_KEPT = (
    "What was prepared at this address is not kept any more: it waits for an hour, and not beyond a sign-out "
    "or a restart of the dashboard. Nothing of it was sent. Choose the file again."
)


class HeldDraft:
    """One a visit, whichever page of it is shown; the visit's end gives it back."""

    def __init__(self, stage: Stage) -> None:
        self._drafts, self._session_id = stage.ctx.drafts, stage.visit.session_id
        wanted = stage.address.query.get(QUERY, "")
        found = self._drafts.come_back(wanted, session_id=self._session_id)
        self.draft: ImportDraft = found or self._drafts.begin(self._session_id)
        if wanted and not found:
            self.draft.problem = NOT_KEPT

    def begin_anew(self) -> ImportDraft:
        """Forget everything, the file included."""
        self._drafts.drop(self.draft)
        self.draft = self._drafts.begin(self._session_id)
        return self.draft

    def leave(self) -> None:
        self._drafts.leave(self.draft)


def held_draft(stage: Stage) -> HeldDraft:
    """What this visit holds."""
    held = stage.kept.get(KEPT)
    if not isinstance(held, HeldDraft):
        held = stage.kept[KEPT] = HeldDraft(stage)
        ui.context.client.on_delete(held.leave)
    return held
