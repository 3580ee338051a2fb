"""What is behind a panel: its JSON with secrets masked, and the API calls as curl and Python."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, is_dataclass
from datetime import datetime
from typing import cast

from pydantic import BaseModel

from dashboard.audit import redact
from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.dialog import Dialog
from dashboard.components.fields import copy_button
from dashboard.components.json_view import as_text
from dashboard.components.shell import Stage
from dashboard.snippets import Call, as_curl, as_python


@dataclass(frozen=True)
class Behind:
    """The calls that a panel made, and what it read: models, or several of them by name."""

    calls: tuple[Call, ...]
    value: object


def raw_button(stage: Stage, behind: Behind | Callable[[], Behind], name: str) -> None:
    """A quiet button that opens the dialog."""
    button(
        "Raw",
        label=f"Raw: {name} as JSON and as an API call",
        look="bare tiny",
        on_click=lambda: show_raw(stage, behind() if callable(behind) else behind),
    ).mark(f"raw-{name}")


def show_raw(stage: Stage, behind: Behind) -> None:
    """The calls first, then what they brought."""
    base_url = stage.ctx.reader.base_url
    dialog = Dialog("Raw data", marker="raw-dialog")
    with dialog.content():
        for number, call in enumerate(behind.calls, start=1):
            which = "" if len(behind.calls) == 1 else f" ({number} of {len(behind.calls)})"
            _block(f"Request with curl{which}", as_curl(call, base_url))
            _block(f"Request in Python{which}", as_python(call, base_url))
        _block("Answer, with secrets masked", as_text(redact(_read(behind.value))))
    with dialog.buttons():
        button("Close", on_click=dialog.close)
    dialog.open()


def _read(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(name): as_read(one) for name, one in cast("Mapping[object, object]", value).items()}
    return as_read(value)


def as_read(value: object) -> object:
    """A model under the names it was read by, without what was not there."""
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        return {
            _wire_name(name, fields[name].validation_alias, fields[name].alias): as_read(getattr(value, name))
            for name in fields
            if name in value.model_fields_set
        }
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, tuple | list):
        return [as_read(one) for one in cast("tuple[object, ...]", value)]
    return value.isoformat() if isinstance(value, datetime) else value


def _wire_name(name: str, *aliases: object) -> str:
    return next((alias for alias in aliases if isinstance(alias, str)), name)


def _block(title: str, text: str) -> None:
    with html.div().classes("stack"):
        with html.div().classes("row-x"):
            html.h3(title)
            copy_button(text, f"Copy: {title}")
        html.pre(text).classes("json breakable").attributes(tabindex=0, role="region", aria_label=title)
