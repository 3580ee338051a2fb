"""What the export dialog says while it runs."""

import pytest

from dashboard import wording
from dashboard.csv_io import Progress
from dashboard.pages.subscribers.export import progress_words


@pytest.mark.parametrize(
    ("progress", "said"),
    [
        (
            Progress(1240, 1240, 38_102, True),
            "1,240 of 38,102 rows · 500 rows per second · about 1 minute left",
        ),
        (
            Progress(12, 38_000, 38_102, True),
            "38,000 of 38,102 rows · 12 match · 500 rows per second · less than a minute left",
        ),
        (Progress(5, 5, None, False), "5 rows · 500 rows per second"),
    ],
)
def test_progress_says_how_far_how_fast_and_how_long(progress: Progress, said: str) -> None:
    assert progress_words(progress, 500) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(3, "less than a minute"), (250, "about 4 minutes"), (7300, "about 2 hours")],
)
def test_a_duration_is_said_roughly(seconds: float, said: str) -> None:
    assert wording.duration(seconds) == said
