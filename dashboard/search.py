"""What a typed or pasted text asks of the API: one box in, a few filters out. Pure.

The API has four filters: e-mail, phone and name match any part in any case; a subscriber id matches only
whole and in the very case (recordings 14_v2_list). So the kind of text decides which of them are worth
asking.
"""

import re
from dataclasses import dataclass
from typing import Literal

from api_client import SubscriberFilter

Field = Literal["id", "email", "phone", "name"]
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

    def asks(self) -> tuple[Ask, ...]:
        """The filters to send in parallel; none for an empty text (which means everybody)."""
        if self.is_empty:
            return ()
        kinds: list[Ask] = []
        digits = phone_digits(self.text)
        if digits and not self.exact:
            kinds.append(Ask("phone", SubscriberFilter(phone=digits)))
        kinds.append(Ask("email", SubscriberFilter(email=self.text)))
        if "@" not in self.text and not digits:
            kinds.append(Ask("name", SubscriberFilter(name=self.text)))
        kinds.append(Ask("id", SubscriberFilter(subscriber_id=self.text)))
        return tuple(kinds)


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
    digits = "".join(sign for sign in text if sign.isdecimal()).lstrip("0")
    return digits[-9:] if len(digits) >= 4 else ""
