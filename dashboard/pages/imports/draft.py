"""The import that a visit prepares: a new one, or one found again by its id in the address."""

# NiceGUI leaves generics of these calls open.
# pyright: reportUnknownMemberType=false

from nicegui import ui

from dashboard.components.shell import Stage
from dashboard.import_drafts import ImportDraft

KEPT = "import"
QUERY = "draft"
NOT_KEPT = (
    "The import at this address is no longer kept: it expires after an hour, at sign-out and when the "
    "dashboard restarts. Nothing was sent. Choose the file again."
)


class HeldDraft:
    """The one draft of a visit: kept while other pages are shown, released when the visit ends."""

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
