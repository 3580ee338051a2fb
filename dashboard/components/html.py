"""Plain HTML elements, typed: text goes in as text, attributes as values, never as markup."""

from functools import partial
from typing import Any, cast

from nicegui.element import Element


class Tag(Element):
    """One HTML element; `text` is shown verbatim. It takes no bindings: what they need costs each memory."""

    def __init__(self, name: str, text: str = "") -> None:
        super().__init__(tag=name)
        self._text = text or None

    @property
    def text(self) -> str:
        return self._text or ""

    @text.setter
    def text(self, text: str) -> None:
        if text != self.text:
            self._text = text
            self.update()

    def _displayed_contents(self, *, only_visible: bool) -> list[Any]:
        """NiceGUI's tests look for text here."""
        found = cast("list[Any]", super()._displayed_contents(only_visible=only_visible))  # pyright: ignore[reportUnknownMemberType]
        return [*found, self._text]

    def attributes(self, **values: str | int | bool) -> "Tag":
        """Set attributes as values: `aria_label` becomes `aria-label`, `for_` becomes `for`."""
        self.props.update({name.rstrip("_").replace("_", "-"): value for name, value in values.items()})
        return self


a = partial(Tag, "a")
b = partial(Tag, "b")
button = partial(Tag, "button")
caption = partial(Tag, "caption")
dd = partial(Tag, "dd")
details = partial(Tag, "details")
div = partial(Tag, "div")
dl = partial(Tag, "dl")
dt = partial(Tag, "dt")
form = partial(Tag, "form")
h1 = partial(Tag, "h1")
h2 = partial(Tag, "h2")
h3 = partial(Tag, "h3")
img = partial(Tag, "img")
input_ = partial(Tag, "input")
kbd = partial(Tag, "kbd")
label = partial(Tag, "label")
li = partial(Tag, "li")
nav = partial(Tag, "nav")
ol = partial(Tag, "ol")
option = partial(Tag, "option")
p = partial(Tag, "p")
pre = partial(Tag, "pre")
section = partial(Tag, "section")
select = partial(Tag, "select")
span = partial(Tag, "span")
summary = partial(Tag, "summary")
table = partial(Tag, "table")
tbody = partial(Tag, "tbody")
td = partial(Tag, "td")
th = partial(Tag, "th")
thead = partial(Tag, "thead")
time = partial(Tag, "time")
tr = partial(Tag, "tr")
ul = partial(Tag, "ul")
