"""One entry of a person's channels: which it is, what is in it, and whether it changed. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api_client import ChannelCredentials, ChannelSettings, Subscriber
from dashboard.refusals import Refusal

NOTHING = ChannelCredentials()

Wanted = Mapping[str, str | list[str]]
"""What an entry is to hold, by wire name. What is left out stays as it is; an empty text clears."""


@dataclass(frozen=True)
class Target:
    """One entry: a provider through one integration, by its id and by the identifier that a write takes.

    Where the API key may not list integrations only the identifier is known, and `integration_id` is empty.
    """

    provider_id: str
    integration: str
    integration_id: str = ""


@dataclass(frozen=True)
class Kept:
    """What came of a change: the entry before and as read back, and which names the server did not keep.

    `made` is what the change alone makes of `before`: an undo goes by it, for what stands in `now` beyond
    that came from elsewhere in the same moment.
    """

    person: Subscriber
    before: ChannelCredentials | None
    now: ChannelCredentials | None
    made: ChannelCredentials | None
    dropped: tuple[str, ...] = ()


class ChangedElsewhere(Refusal):
    """Someone changed the entry after the form was filled; nothing was sent. Holds all three to compare."""

    def __init__(
        self, before: ChannelCredentials | None, now: ChannelCredentials | None, wanted: Wanted
    ) -> None:
        super().__init__("These credentials were changed elsewhere since you opened them. Nothing was sent.")
        self.before = before
        self.now = now
        self.wanted = wanted


class WhichEntry(Refusal):
    """Several entries of one provider, and no way to tell which of them the integration is."""

    def __init__(self) -> None:
        super().__init__(
            "This person has several entries for the provider, and without the list of integrations it "
            "cannot be told which one to change. Nothing was sent."
        )


def entry_of(person: Subscriber, target: Target) -> ChannelCredentials | None:
    """The entry's credentials, or None while there is no such entry. Raises WhichEntry."""
    found = [one for one in person.channels if _is_it(one, target)]
    if len(found) > 1 and not target.integration_id:
        raise WhichEntry
    return found[0].credentials if found else None


def tokens_of(credentials: ChannelCredentials | None) -> tuple[str, ...]:
    return (credentials or NOTHING).device_tokens or ()


def are_same(one: ChannelCredentials | None, other: ChannelCredentials | None) -> bool:
    """Whether they hold the same: absent, null and empty mean the same to a delivery."""
    return _essence(one) == _essence(other)


def differs(stored: ChannelCredentials | None, wanted: Wanted) -> bool:
    """Whether anything has to be sent for the entry to hold what is wanted."""
    found = (stored or NOTHING).to_body()
    return any((found.get(key) or None) != (value or None) for key, value in wanted.items())


def not_kept(sent: Wanted, now: ChannelCredentials | None) -> tuple[str, ...]:
    """Wire names whose value was sent and is not there when read back; more tokens than sent are fine."""
    stored = (now or NOTHING).to_body()
    is_there = {key: (stored.get(key) or None) == (value or None) for key, value in sent.items()}
    if "deviceTokens" in sent:
        is_there["deviceTokens"] = set(tokens_of(now)).issuperset(sent["deviceTokens"])
    return tuple(key for key in sent if not is_there[key])


def made_of(before: ChannelCredentials | None, wanted: Wanted, dropped: Sequence[str]) -> ChannelCredentials:
    """What the entry holds by a change alone, without the texts that the server does not keep."""
    kept = {key: value for key, value in wanted.items() if key not in dropped or key == "deviceTokens"}
    return ChannelCredentials.model_validate({**(before or NOTHING).to_body(), **kept})


def restored(
    before: ChannelCredentials | None, after: ChannelCredentials | None, now: ChannelCredentials | None
) -> Wanted:
    """What takes the change from `before` to `after` back, and keeps what came from elsewhere since.

    Raises ChangedElsewhere when a field that was changed holds something else again by now.
    """
    was, became, stands = (_essence(one) for one in (before, after, now))
    changed = [key for key in {**was, **became} if key != "deviceTokens" and was.get(key) != became.get(key)]
    wanted: dict[str, str | list[str]] = {key: str(was.get(key, "")) for key in changed}
    if any(stands.get(key) not in (was.get(key), became.get(key)) for key in changed):
        raise ChangedElsewhere(after, now, wanted)
    if tokens_of(before) != tokens_of(after):
        wanted["deviceTokens"] = _tokens_back(tokens_of(before), tokens_of(after), tokens_of(now))
    return wanted


def _tokens_back(was: tuple[str, ...], became: tuple[str, ...], stands: tuple[str, ...]) -> list[str]:
    """`stands` without those that came and with those that went, in the old order as far as there is one."""
    came, went = set(became) - set(was), set(was) - set(became)
    kept = (set(stands) - came) | went
    return [token for token in dict.fromkeys([*was, *stands]) if token in kept]


def _is_it(entry: ChannelSettings, target: Target) -> bool:
    if entry.provider_id != target.provider_id:
        return False
    return not target.integration_id or entry.integration_id == target.integration_id


def _essence(credentials: ChannelCredentials | None) -> dict[str, object]:
    return {key: value for key, value in (credentials or NOTHING).to_body().items() if value}
