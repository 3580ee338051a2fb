"""A guard around a form: leaving with unsaved changes asks first, and a lost connection loses nothing."""

from collections.abc import Callable, Mapping
from typing import cast

from nicegui import events
from nicegui.element import Element

QUESTION = (
    "You have unsaved changes here. Leave without saving them? They are kept in this tab until you come back."
)


class DraftGuard(Element, component="draft_guard.js"):
    """Draw the form inside it; each input needs a `name`. The draft itself never leaves the browser's tab.

    `base` is what stands in the form before anything is typed, name → text. `on_draft` gets what was typed
    before the page was loaded again, and the base of that time.
    """

    def __init__(
        self,
        key: str,
        *,
        base: Mapping[str, str],
        on_draft: Callable[[Mapping[str, str], Mapping[str, str]], None],
    ) -> None:
        super().__init__()
        self.props.update({"draftKey": f"draft:{key}", "question": QUESTION, "base": dict(base)})
        self.on("draft", lambda e: on_draft(_texts(e, "values"), _texts(e, "began")))

    def forget(self) -> None:
        """It was saved or given up."""
        self.run_method("forget")


def _texts(event: events.GenericEventArguments, part: str) -> dict[str, str]:
    found = cast("dict[str, dict[str, object]]", event.args)[part]
    return {str(name): str(text) for name, text in found.items()}
