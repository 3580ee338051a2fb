"""Figures for Prometheus: calls by route and status, times, pages, operators, jobs; never an id or a name."""

from collections.abc import Mapping
from dataclasses import dataclass

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)

from api_client import RateSnapshot
from dashboard.observing import request_ids

MEDIA_TYPE = CONTENT_TYPE_LATEST
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0)


@dataclass(frozen=True, kw_only=True)
class Moment:
    """What is counted only when somebody asks."""

    pages: int
    operators: int
    jobs: Mapping[str, int]
    budget: RateSnapshot | None


class Metrics:
    """Observes the client's calls as its `Observer`, and puts all figures into one text."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)
        self._calls = Counter(
            "novu_api_calls", "Attempts of calls to the API.", ["route", "status"], registry=self._registry
        )
        self._seconds = Histogram(
            "novu_api_call_seconds",
            "How long an attempt took, its whole answer included.",
            ["route"],
            buckets=SECONDS,
            registry=self._registry,
        )
        self._pages = self._gauge("dashboard_pages_connected", "Open pages of this replica.")
        self._operators = self._gauge("dashboard_operators_connected", "Operators with an open page here.")
        self._limit = self._gauge("novu_api_rate_limit", "Calls a window, as the API last told; NaN: never.")
        self._left = self._gauge("novu_api_rate_remaining", "Calls left in this window; NaN: not told.")
        self._jobs = Gauge(
            "dashboard_jobs", "Bulk jobs of this environment.", ["state"], registry=self._registry
        )

    def headers(self) -> Mapping[str, str]:
        """The request id goes along, so that a call is found in both logs."""
        request_id = request_ids.current()
        return {request_ids.HEADER: request_id} if request_id else {}

    def heard(self, where: str, status: int | None, seconds: float) -> None:
        self._calls.labels(where, "none" if status is None else str(status)).inc()
        self._seconds.labels(where).observe(seconds)

    def text(self, moment: Moment) -> bytes:
        """All figures, in Prometheus' text format."""
        self._pages.set(moment.pages)
        self._operators.set(moment.operators)
        for state, count in moment.jobs.items():
            self._jobs.labels(state).set(count)
        self._limit.set(moment.budget.limit if moment.budget else float("nan"))
        self._left.set(moment.budget.remaining if moment.budget else float("nan"))
        return generate_latest(self._registry)

    def _gauge(self, name: str, words: str) -> Gauge:
        return Gauge(name, words, registry=self._registry)
