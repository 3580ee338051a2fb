"""Preferences as a matrix of workflows and channels, with what decided each cell. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from api_client import Preferences
from dashboard.channels import WORDS, ChannelKind
from dashboard.effective import Effect, effect
from dashboard.pages.subscriber.source import Wanted

Values = Mapping[str, bool]


@dataclass(frozen=True)
class MatrixRow:
    """One workflow; a channel it does not send on has no effect."""

    key: str
    name: str
    is_critical: bool
    effects: Mapping[ChannelKind, Effect | None]

    @property
    def has_off(self) -> bool:
        return any(one is not None and one.is_on is False for one in self.effects.values())


@dataclass(frozen=True)
class Matrix:
    """`overall` is the global row: what is missing there is on."""

    channels: tuple[ChannelKind, ...]
    overall: Mapping[ChannelKind, bool]
    rows: tuple[MatrixRow, ...]

    def found(self, text: str, *, only_off: bool) -> tuple[MatrixRow, ...]:
        """Rows whose name or key holds `text`, whatever the case."""
        wanted = text.strip().casefold()
        return tuple(
            row
            for row in self.rows
            if (wanted in row.name.casefold() or wanted in row.key.casefold())
            and (row.has_off or not only_off)
        )

    def off_by_default(self) -> dict[str, Values]:
        """Cells that are off though nobody chose it, as workflow → channels: a reset leaves them off."""
        cells = {
            row.key: {
                str(kind): False for kind, cell in row.effects.items() if cell and cell.rule == "workflow"
            }
            for row in self.rows
            if not row.is_critical
        }
        return {key: values for key, values in cells.items() if values}

    def own_choices(self, channel: ChannelKind) -> tuple[MatrixRow, ...]:
        """The workflows whose own setting a change of the global row would drop."""
        overall = self.overall.get(channel, True)
        return tuple(
            row
            for row in self.rows
            if not row.is_critical and (cell := row.effects[channel]) and cell.is_on not in {overall, None}
        )


def matrix(wanted: Wanted) -> Matrix:
    """Only channels that some workflow sends on."""
    preferences = wanted.preferences
    used = set(preferences.global_.channels).union(*(entry.channels for entry in preferences.workflows))
    channels: tuple[ChannelKind, ...] = tuple(channel for channel in WORDS if str(channel) in used)
    overall: dict[ChannelKind, bool] = {
        channel: preferences.global_.channels.get(channel) is not False for channel in channels
    }
    return Matrix(channels, overall, tuple(_rows(wanted, channels)))


def back_to(old: Preferences, channels: tuple[ChannelKind, ...]) -> tuple[Values, dict[str, Values]]:
    """What restores these channels: the global values, then the workflows that differed from them."""
    overall = {channel: old.global_.channels.get(channel) is not False for channel in channels}
    own: dict[str, Values] = {}
    for entry in old.workflows:
        differing = {
            channel: value
            for channel in channels
            if (value := entry.channels.get(channel)) is not None and value != overall[channel]
        }
        if differing:
            own[entry.workflow.identifier] = differing
    return overall, own


def _rows(wanted: Wanted, channels: tuple[ChannelKind, ...]) -> Iterator[MatrixRow]:
    preferences = wanted.preferences
    for entry in preferences.workflows:
        key = entry.workflow.identifier
        is_critical = key in wanted.critical
        yield MatrixRow(
            key,
            entry.workflow.name or key,
            is_critical,
            {
                channel: effect(entry, preferences.global_, channel, is_critical=is_critical)
                for channel in channels
            },
        )
