"""The Activity tab: topics, runs of workflows, and what was done here to the person."""

from dashboard.components.shell import Stage
from dashboard.pages.subscriber.history import HistoryPanel
from dashboard.pages.subscriber.runs import RunsPanel
from dashboard.pages.subscriber.topics import TopicsPanel


def draw_activity(stage: Stage, subscriber_id: str) -> None:
    """Three panels; each loads, fails and is retried by itself."""
    RunsPanel(stage, subscriber_id)
    TopicsPanel(stage, subscriber_id)
    HistoryPanel(stage, subscriber_id)
