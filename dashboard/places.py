"""Every place of a row where a text may stand, for what the API does not search. Pure."""

import json
from collections.abc import Iterator

from dashboard.search import Query, phone_digits
from dashboard.wire_rows import WireRow, as_list, credentials_of


def found_in(row: WireRow, query: Query) -> tuple[str, ...]:
    """Where the text stands, in any case: `part of the id`, `custom data`; with quotes only as a whole.

    A phone number counts in any human format.
    """
    wanted, digits = query.text.casefold(), phone_digits(query.text)
    hits: list[str] = []
    for place, text in _places(row):
        folded = text.casefold()
        is_phone = place == "phone" and bool(digits) and digits in text
        if is_phone or (folded == wanted if query.exact else wanted in folded):
            hits.append(place)
    return tuple(dict.fromkeys(hits))


def _places(row: WireRow) -> Iterator[tuple[str, str]]:
    yield "part of the id", str(row.get("subscriberId", ""))
    yield "e-mail", str(row.get("email") or "")
    yield "phone", str(row.get("phone") or "")
    yield "name", f"{row.get('firstName') or ''} {row.get('lastName') or ''}".strip()
    if row.get("data"):
        yield "custom data", json.dumps(row["data"], ensure_ascii=False)
    for provider_id, held in credentials_of(row):
        for token in as_list(held.get("deviceTokens")):
            yield f"device token ({provider_id})", str(token)
        yield f"webhook ({provider_id})", str(held.get("webhookUrl") or "")
