"""Said on a page whose address holds something that it cannot read: it is left out, but not in silence."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from dashboard.components import html
from dashboard.components.buttons import button

NAMED = 3
LONGEST_NAME = 30
NOTHING: Mapping[str, str] = MappingProxyType({})


def say_misread(
    query: Mapping[str, str],
    read: Callable[[Mapping[str, str]], object],
    *,
    usual: Mapping[str, str] = NOTHING,
) -> None:
    """Draw a note, with Close, about the names in a query that change nothing of what `read` makes of it.

    `usual`: what an address may say although it is so anyway.
    """
    names = misread({name: value for name, value in query.items() if usual.get(name) != value}, read)
    if not names:
        return
    shown = ", ".join(f"“{name[:LONGEST_NAME]}”" for name in names[:NAMED])
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    with html.div().classes("notice closable").mark("misread").attributes(role="status") as note:
        html.span(f"Part of this address was not understood and was left out: {shown}{more}.").classes("grow")
        button("Close", look="bare", on_click=note.delete)


def misread(query: Mapping[str, str], read: Callable[[Mapping[str, str]], object]) -> tuple[str, ...]:
    """The names without which `read` makes the same of a query."""
    whole = read(query)
    return tuple(
        name for name in query if read({other: query[other] for other in query if other != name}) == whole
    )
