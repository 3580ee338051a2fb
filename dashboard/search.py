"""What a typed or pasted text asks of the API: one box in, a few filters out. Pure.

The API has four filters: e-mail, phone and name match any part in any case; a subscriber id matches only
whole and in the very case (recordings 14_v2_list). So the kind of text decides which of them are worth
asking.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from api_client import SubscriberFilter
from dashboard.wire_rows import WireRow

Field = Literal["id", "email", "phone", "name"]
FILTER_NAMES: Mapping[Field, str] = {
    "id": "subscriber_id",
    "email": "email",
    "phone": "phone",
    "name": "name",
}
"""By field the name that `SubscriberFilter` gives it."""
EVERYONE = SubscriberFilter()
PHONE_SIGNS = re.compile(r"[+\d\s()./\-–—  ]+")
MAX_TEXT = 300


@dataclass(frozen=True)
class Ask:
    """One filter to send, and the field on which its rows matched."""

    field: Field
    filter: SubscriberFilter


@dataclass(frozen=True)
class Query:
    """A text as it was understood: `exact` when it stood in quotes."""

    text: str
    exact: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.text

    def asks(self, within: SubscriberFilter = EVERYONE) -> tuple[Ask, ...]:
        """The filters to send in parallel, each inside `within`; none for an empty text.

        Where `within` already asks for something else in the same field, the API cannot ask for both, and
        the field is left out.
        """
        narrowed = (_narrowed(within, field, text) for field, text in self._texts())
        return tuple(ask for ask in narrowed if ask) if self.text else ()

    def is_met(self, field: Field, value: str | None) -> bool:
        """Whether a row that the API found for `field` counts: in quotes only one that equals the text."""
        if not self.exact:
            return True
        given, wanted = value or "", self.text
        if field == "id":
            return given == wanted
        if field == "phone":
            return bool(_digits(wanted)) and _digits(given) == _digits(wanted)
        return " ".join(given.split()).casefold() == wanted.casefold()

    def is_met_by(self, row: WireRow) -> bool:
        """Whether a row of the API (wire names) counts, whichever field it was found by."""
        if not self.exact:
            return True
        name = f"{row.get('firstName') or ''} {row.get('lastName') or ''}"
        values: dict[Field, str | None] = {
            "id": str(row.get("subscriberId") or ""),
            "email": str(row.get("email") or ""),
            "phone": str(row.get("phone") or ""),
        }
        return self.is_met("name", name) or any(
            self.is_met(field, value) for field, value in values.items() if value
        )

    def _texts(self) -> Iterator[tuple[Field, str]]:
        digits = phone_digits(self.text)
        if digits:
            yield "phone", digits
        yield "email", self.text
        if "@" not in self.text and not digits:
            yield "name", self.text
        yield "id", self.text
        if not self.exact and " " not in self.text:
            capitals = self.text if "@" in self.text else self.text.upper()
            spellings = dict.fromkeys((self.text.lower(), capitals))
            for spelling in spellings:
                if spelling != self.text:
                    yield "id", spelling


def parse(raw: str) -> Query:
    """Trim what was pasted and take off quotes: `"Ada"` asks for Ada and nothing longer."""
    text = " ".join(raw.split())[:MAX_TEXT]
    if len(text) > 2 and text[0] == text[-1] == '"':
        return Query(text[1:-1].strip(), exact=True)
    return Query(text)


def phone_digits(text: str) -> str:
    """The digits by which a phone number in any human format is found; nothing when it is none.

    The API compares phone numbers sign by sign, so `(0171) 555-12 34` has to become a run of digits that also
    stands in `+491715551234`: signs and leading zeros (trunk or international prefix) go, and the last nine
    digits are enough.
    """
    if not PHONE_SIGNS.fullmatch(text):
        return ""
    digits = _digits(text).lstrip("0")
    return digits[-9:] if len(digits) >= 4 else ""


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdecimal())


def _narrowed(within: SubscriberFilter, field: Field, text: str) -> Ask | None:
    """`within` and `text` in one filter; None when both want something of the same field that differs."""
    name = FILTER_NAMES[field]
    wanted: str = getattr(within, name) or ""
    if not wanted or (field != "id" and wanted.casefold() in text.casefold()):
        return Ask(field, replace(within, **{name: text}))
    is_implied = text == wanted if field == "id" else text.casefold() in wanted.casefold()
    return Ask(field, within) if is_implied else None
