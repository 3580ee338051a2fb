"""What the profile, the credentials and the integrations let through. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

import phonenumbers

from api_client import ChannelSettings, Integration
from dashboard import wording
from dashboard.channels import WORDS, ChannelKind
from dashboard.providers import Provider, provider
from dashboard.reach.model import Facts, Fix, Reason

_NAMED = 3
ADD = "add"
"""The name of the form in which a provider is chosen first."""
_IN_NOVU = Fix("Open Novu's integrations", "novu", "integrations")
_PHONE_PROVIDERS = frozenset({"whatsapp-business"})  # reach a person by phone number and store nothing


@dataclass(frozen=True)
class Found:
    """The reasons, how many tokens or connections can be used, and how many are stored."""

    reasons: tuple[Reason, ...]
    amount: int
    stored: int = 0


def in_app(facts: Facts) -> Found:
    return Found(_integration_of(facts, "in_app"), 1)


def email(facts: Facts) -> Found:
    address = (facts.person.email or "").strip()
    fix = Fix("Edit the e-mail address", "profile", "email")
    if not address:
        return Found((Reason("email.no_address", "No e-mail address is stored.", "missing", fix),), 0)
    local, _, domain = address.rpartition("@")
    is_odd = not local or "." not in domain or any(char.isspace() for char in address)
    odd = Reason("email.address_odd", f"“{address}” does not look like an e-mail address.", "doubts", fix)
    return Found((*((odd,) if is_odd else ()), *_integration_of(facts, "email")), 1)


def sms(facts: Facts) -> Found:
    phone = (facts.person.phone or "").strip()
    fix = Fix("Edit the phone number", "profile", "phone")
    if not phone:
        return Found((Reason("sms.no_phone", "No phone number is stored.", "missing", fix),), 0)
    odd = Reason(
        "sms.phone_odd", f"“{phone}” is not an international number such as +4915112345678.", "doubts", fix
    )
    return Found((*(() if _is_international(phone) else (odd,)), *_integration_of(facts, "sms")), 1)


def push(facts: Facts) -> Found:
    return _through_entries(facts, "push")


def chat(facts: Facts) -> Found:
    found = _through_entries(facts, "chat")
    by_phone = [one for one in _active(facts, "chat") or () if one.provider_id in _PHONE_PROVIDERS]
    if not by_phone or not _is_international((facts.person.phone or "").strip()):
        return found
    note = Reason(
        "chat.by_phone", f"{_label(by_phone[0].provider_id)} reaches the stored phone number.", "notes"
    )
    if found.amount:
        return Found((*found.reasons, note), found.amount, found.stored)
    lighter = tuple(_lighter(reason) for reason in found.reasons if reason.id != "chat.no_connection")
    return Found((note, *lighter), 0, found.stored)


def _through_entries(facts: Facts, kind: ChannelKind) -> Found:
    """Each entry by itself; what is wrong with one only weighs when no other can be used."""
    general = _integration_of(facts, kind)
    entries = [entry for entry in facts.person.channels if _kind_of(entry, facts.integrations) == kind]
    if not entries:
        return Found((_nothing_stored(facts, kind), *general), 0)
    judged = [(_flaws(entry, facts, kind), _size(entry)) for entry in entries]
    usable = sum(size for flaws, size in judged if not flaws)
    flaws = tuple(flaw for found, _ in judged for flaw in found)
    stored = sum(len(one.credentials.device_tokens or ()) if kind == "push" else 1 for one in entries)
    return Found((*(map(_lighter, flaws) if usable else flaws), *general), usable, stored)


def _nothing_stored(facts: Facts, kind: ChannelKind) -> Reason:
    providers = sorted({one.provider_id for one in _active(facts, kind) or ()})
    fix = Fix("Add credentials", "credentials", providers[0] if len(providers) == 1 else ADD)
    names = sorted(map(_label, providers))
    for_whom = f" for {_listed(names)}" if names else ""
    if kind == "push":
        return Reason("push.no_token", f"No device token{for_whom}.", "missing", fix)
    return Reason("chat.no_connection", f"No chat connection{for_whom}.", "missing", fix)


def _flaws(entry: ChannelSettings, facts: Facts, kind: ChannelKind) -> tuple[Reason, ...]:
    name = _label(entry.provider_id)
    fix = Fix(f"Open {name}", "credentials", _form(entry, facts))
    found: list[Reason] = [*_entry_integration(entry, facts, kind, name, fix)]
    credentials = entry.credentials
    row = provider(entry.provider_id)
    if kind == "push":
        if not any(token.strip() for token in credentials.device_tokens or ()):
            found.append(Reason("push.tokens_empty", f"The token list of {name} is empty.", "blocks", fix))
        return tuple(found)
    if row is None and not any(credentials.to_body().values()):
        found.append(Reason("chat.nothing_in_entry", f"The entry of {name} is empty.", "doubts", fix))
    if _lacks(row, "webhookUrl", credentials.webhook_url):
        found.append(Reason("chat.webhook_missing", f"{name} has no webhook address.", "blocks", fix))
    if _lacks(row, "channel", credentials.channel):
        found.append(Reason("chat.room_missing", f"{name} has no channel, and needs one.", "blocks", fix))
    return tuple(found)


def _form(entry: ChannelSettings, facts: Facts) -> str:
    """The name of the form that changes this entry: its provider, and its integration where that is known."""
    own = next((one for one in facts.integrations or () if one.id == entry.integration_id), None)
    return f"{entry.provider_id}:{own.identifier}" if own and own.identifier else entry.provider_id


def _entry_integration(
    entry: ChannelSettings, facts: Facts, kind: ChannelKind, name: str, fix: Fix
) -> Iterable[Reason]:
    if facts.integrations is None:
        return  # said once for the whole channel
    found = next((one for one in facts.integrations if one.id == entry.integration_id), None)
    if found is None:
        yield Reason(
            f"{kind}.integration_missing", f"The integration behind {name} no longer exists.", "blocks", fix
        )
    elif not found.active:
        shown = found.identifier or found.name
        yield Reason(f"{kind}.integration_inactive", f"Integration {shown} is inactive.", "blocks", fix)


def _integration_of(facts: Facts, kind: ChannelKind) -> tuple[Reason, ...]:
    """Whether the environment can send on the channel at all."""
    if facts.integrations is None:
        text = "The integrations could not be listed, so it is not known whether they are active."
        return (Reason(f"{kind}.integrations_unknown", text, "doubts", is_unknown=True),)
    own = [one for one in facts.integrations if one.channel == kind]
    if any(one.active for one in own):
        return ()
    if not own:
        text = f"This environment has no integration for {WORDS[kind]}."
        return (Reason(f"{kind}.no_integration", text, "blocks", _IN_NOVU),)
    names = _listed(sorted(one.identifier or one.name for one in own))
    text = f"No active integration for {WORDS[kind]}: {names}."
    return (Reason(f"{kind}.none_active", text, "blocks", _IN_NOVU),)


def _kind_of(entry: ChannelSettings, integrations: tuple[Integration, ...] | None) -> str:
    row = provider(entry.provider_id)
    if row:
        return row.channel.value
    known = next((one.channel for one in integrations or () if one.id == entry.integration_id), "")
    return known or ("push" if entry.credentials.device_tokens else "chat")


def _active(facts: Facts, kind: ChannelKind) -> list[Integration] | None:
    if facts.integrations is None:
        return None
    return [one for one in facts.integrations if one.channel == kind and one.active]


def _lighter(reason: Reason) -> Reason:
    return Reason(reason.id, reason.text, "notes", reason.fix)


def _lacks(row: Provider | None, key: str, value: str | None) -> bool:
    is_needed = row is not None and any(field.key == key and field.required for field in row.fields)
    return is_needed and not (value or "").strip()


def _size(entry: ChannelSettings) -> int:
    return len(entry.credentials.device_tokens or ()) or 1


def _label(provider_id: str) -> str:
    row = provider(provider_id)
    return row.label if row else provider_id


def _listed(names: list[str]) -> str:
    rest = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {rest} more" if rest > 0 else "")


def _is_international(phone: str) -> bool:
    if phone.startswith(f"+{wording.MASKED}"):
        return True  # masked for a shared screen, where the plus is all that is left to judge by
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(phone, None))
    except phonenumbers.NumberParseException:
        return False
