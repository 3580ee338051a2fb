"""The Activity tab: topics, runs of workflows, and what was done here to the person."""

from collections.abc import Callable

from dashboard.components.shell import Stage
from dashboard.pages.subscriber.history import HistoryPanel
from dashboard.pages.subscriber.run_filter import RunsWanted
from dashboard.pages.subscriber.runs import RunsPanel
from dashboard.pages.subscriber.topics import TopicsPanel


class ActivityTab:
    """Three panels; each loads, fails and is retried by itself. Which runs are wanted stands in the URL."""

    def __init__(
        self, stage: Stage, subscriber_id: str, wanted: RunsWanted, *, on_filter: Callable[[RunsWanted], None]
    ) -> None:
        self.runs = RunsPanel(stage, subscriber_id, wanted, on_filter=on_filter)
        self.topics = TopicsPanel(stage, subscriber_id)
        self.history = HistoryPanel(stage, subscriber_id)

    def come_back(self) -> None:
        """From another tab, where something may have been changed."""
        self.history.panel.reload()

    def reread(self) -> None:
        """What belongs to the person may have been changed."""
        self.topics.panel.reload()
        self.history.panel.reload()

    def go(self, wanted: RunsWanted) -> None:
        """Narrow the runs to others."""
        self.runs.go(wanted)
