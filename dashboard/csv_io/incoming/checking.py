"""One row of cells into what would be sent for one person, or into the reasons why not. Pure and quick."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from dashboard.csv_io.cells import unguard
from dashboard.csv_io.incoming.cell_values import BadValue, as_json, as_object, as_text, credential_value
from dashboard.csv_io.incoming.fields import DATA, ID, Destination, Goes, destination
from dashboard.csv_io.incoming.mapping import Columns
from dashboard.csv_io.incoming.person import refusals, remarks
from dashboard.csv_io.incoming.reading import Row, Table
from dashboard.csv_io.incoming.trouble import Problem

MOST_BYTES = 80_000  # of one person; the API takes bodies up to about 100 kB
_SHOWN = 60  # characters of a refused value

Reach = dict[str, dict[str, str | list[str]]]
"""Per `provider` or `provider[integration]` what its entry is to hold; an empty value clears."""


@dataclass(slots=True)
class Draft:
    """What one row asks for: `body` by wire names, `keys` of custom data by dotted path, `reach`.

    `problems` are why it is refused, `remarks` what merely looks odd. `as_json`: the first three, encoded.
    """

    line: int
    body: dict[str, object]
    keys: dict[str, object] = field(default_factory=dict[str, object])
    reach: Reach = field(default_factory=dict[str, dict[str, str | list[str]]])
    problems: list[Problem] = field(default_factory=list[Problem])
    remarks: list[Problem] = field(default_factory=list[Problem])
    as_json: bytes = b""

    @property
    def subscriber_id(self) -> str:
        return str(self.body.get(ID) or "")


class Checker:
    """Checks the rows of one table under one mapping. `clear`: the text of a cell that clears a value."""

    def __init__(self, table: Table, columns: Columns, *, clear: str = "") -> None:
        self._clear = clear or None
        self._width = len(columns)
        self._most = table.limits.cell
        self._is_guarded = table.is_guarded
        self._is_plain = table.is_guarded and not clear
        placed = [(index, place) for index, key in enumerate(columns) if (place := destination(key))]
        self._fields = [(index, one.key) for index, one in placed if one.goes is Goes.TO_FIELD]
        self._others = [(index, one) for index, one in placed if one.goes is not Goes.TO_FIELD]
        self._heading = table.heading
        self._names = {one.key: table.heading[index] for index, one in placed}

    def check(self, row: Row) -> Draft:
        """What the row asks for, with every reason why it is refused."""
        line, cells = row
        draft = Draft(line, {})
        if len(cells) != self._width:
            cells = self._evened(cells, draft)
        draft.body = self._plain_body(cells) if self._is_plain else self._body(cells)
        self._check_fields(draft)
        for index, place in self._others:
            value = self._value(cells[index])
            if value is not ...:
                self._place(draft, place, value)
        self._check_size(draft, cells)
        return draft

    def _plain_body(self, cells: Sequence[Any]) -> dict[str, object]:
        """As `_body`, where all cells are texts and none clears: half of the time of a check."""
        return {
            key: unguard(cell) if cell[0] == "'" else cell
            for index, key in self._fields
            if (cell := cells[index]) != ""
        }

    def _body(self, cells: Sequence[object]) -> dict[str, object]:
        values = {key: self._value(cells[index]) for index, key in self._fields}
        return {key: value for key, value in values.items() if value is not ...}

    def _value(self, cell: object) -> object:
        """`...` leaves alone, None clears."""
        if cell == "" or cell is ...:
            return ...
        if cell == self._clear:
            return None
        if self._is_guarded and isinstance(cell, str) and cell[0] == "'":
            return unguard(cell)
        return cell

    def _check_fields(self, draft: Draft) -> None:
        body = draft.body
        if not self._is_plain or DATA in body:
            for key, value in body.items():
                if value is not None and (key == DATA or not isinstance(value, str)):
                    self._read(draft, key, value)
        for key, reason in refusals(body).items():
            self._refuse(draft, key, reason, body.get(key))
        for key, reason in remarks(body).items():
            draft.remarks.append(Problem(draft.line, self._name(key), reason, _shown(body[key])))

    def _read(self, draft: Draft, key: str, value: object) -> None:
        try:
            draft.body[key] = as_object(value) if key == DATA else as_text(value)
        except BadValue as bad:
            self._refuse(draft, key, str(bad), value)
            draft.body[key] = None

    def _place(self, draft: Draft, place: Destination, value: object) -> None:
        try:
            if place.goes is Goes.TO_DATA:
                wants_text = isinstance(value, str) and not place.is_json
                draft.keys[".".join(place.path)] = value if wants_text or value is None else as_json(value)
            else:
                entry = f"{place.provider}[{place.integration}]" if place.integration else place.provider
                draft.reach.setdefault(entry, {})[place.name] = credential_value(place, value)
        except BadValue as bad:
            self._refuse(draft, place.key, str(bad), value if place.goes is Goes.TO_DATA else "")

    def _check_size(self, draft: Draft, cells: Sequence[object]) -> None:
        if draft.problems:
            return
        try:
            draft.as_json = orjson.dumps([draft.body, draft.keys, draft.reach])
        except (orjson.JSONEncodeError, UnicodeError):
            draft.problems.append(Problem(draft.line, "", "this row holds something that cannot be sent"))
            return
        if len(draft.as_json) > min(MOST_BYTES, self._most):  # no cell is longer than all of them together
            self._refuse_large(draft, cells)

    def _refuse_large(self, draft: Draft, cells: Sequence[object]) -> None:
        sizes = [len(cell) if isinstance(cell, str) else 0 for cell in cells]
        if max(sizes) <= self._most and len(draft.as_json) <= MOST_BYTES:
            return
        column = self._heading[sizes.index(max(sizes))]
        reason = f"more than the API takes at once for one person ({MOST_BYTES:,} bytes)"
        if max(sizes) > self._most:
            reason = f"{max(sizes):,} characters; at most {self._most:,} are taken in a cell"
        draft.problems.append(Problem(draft.line, column, reason))

    def _evened(self, cells: Sequence[object], draft: Draft) -> Sequence[object]:
        """Empty cells too many are harmless; anything else means that the columns have slipped."""
        extra = [cell for cell in cells[self._width :] if cell != ""]
        if extra or len(cells) < self._width:
            reason = f"{len(cells):,} cells where the heading has {self._width:,}"
            draft.problems.append(Problem(draft.line, "", reason))
        return [*cells, *[""] * self._width][: self._width]

    def _refuse(self, draft: Draft, key: str, reason: str, value: object) -> None:
        draft.problems.append(Problem(draft.line, self._name(key), reason, _shown(value)))

    def _name(self, key: str) -> str:
        return self._names.get(key, ID if key == ID else key)


def _shown(value: object) -> str:
    """The start of a value, fit to be printed."""
    text = value if isinstance(value, str) else ""
    clean = "".join(sign if sign.isprintable() else "·" for sign in text[:_SHOWN])
    return f"{clean}…" if len(text) > _SHOWN else clean
