"""Runs of workflows as rows: what was started together stands together, by its transaction. It draws."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial

from api_client import Run, RunDetail, RunJob
from dashboard import wording
from dashboard.components import html
from dashboard.components.buttons import button
from dashboard.components.json_view import json_view
from dashboard.providers import without_secrets

TONES = {"completed": "good", "failed": "bad", "canceled": "warn", "skipped": "warn", "merged": ""}
STEPS = {"in_app": "In-app", "email": "E-mail", "sms": "SMS", "push": "Push", "chat": "Chat"}
OnTransaction = Callable[[str], None]


def draw_runs(runs: Iterable[Run], now: datetime, *, on_transaction: OnTransaction) -> None:
    """A transaction with several runs gets a line of its own above them."""
    with html.ul().classes("plain-list").attributes(aria_label="Runs"):
        for transaction, together in by_transaction(runs):
            if len(together) == 1:
                with html.li().classes("run").mark("run"):
                    _draw(together[0], now, on_transaction)
                continue
            with html.li().classes("run").mark("transaction"):
                with html.div().classes("row-x wrap between"):
                    count = wording.count(len(together), "run")
                    html.span(f"{count} of transaction {transaction}").classes("small muted breakable")
                    _only(transaction, on_transaction)
                with html.ul().classes("together").attributes(aria_label=f"Runs of {transaction}"):
                    for run in together:
                        with html.li().classes("run").mark("run"):
                            _draw(run, now, on_transaction)


def by_transaction(runs: Iterable[Run]) -> list[tuple[str, list[Run]]]:
    """In the order in which each transaction is met first; a run without one stands alone."""
    found: dict[str, tuple[str, list[Run]]] = {}
    for at, run in enumerate(runs):
        key = f"t{run.transaction_id}" if run.transaction_id else f"n{at}"
        found.setdefault(key, (run.transaction_id or "", []))[1].append(run)
    return list(found.values())


def without_quotes(run: Run) -> Run:
    """The run without the tokens and addresses that a provider quoted in what it said of a failure."""
    jobs = [
        job.model_copy(update={"details": tuple(map(_without_quotes, job.details))}) for job in run.jobs or ()
    ]
    return run.model_copy(update={"jobs": tuple(jobs)}) if run.jobs else run


def _without_quotes(detail: RunDetail) -> RunDetail:
    said = {"detail": without_secrets(detail.detail), "raw": detail.raw and without_secrets(detail.raw)}
    return detail.model_copy(update=said)


def _draw(run: Run, now: datetime, on_transaction: OnTransaction) -> None:
    with html.div().classes("row-x wrap between"):
        html.b(_name(run)).classes("breakable")
        moment = html.time(wording.ago(run.created_at, now)).classes("small muted")
        moment.props["title"] = wording.absolute(run.created_at)
    with html.div().classes("row-x wrap"):
        for job in run.jobs or ():
            html.span(f"{_step(job)}: {job.status or 'not told'}").classes(
                f"chip {TONES.get(job.status, '')}"
            )
    with html.details().classes("more"):
        html.summary("Steps").attributes(aria_label=f"Steps of {_name(run)}")
        with html.dl().classes("facts tight"):
            for name, text in _facts(run):
                with html.div():
                    html.dt(name)
                    html.dd(text).classes("breakable")
        if run.transaction_id:
            _only(run.transaction_id, on_transaction)
        if run.payload:
            html.p("Payload").classes("field-label")
            json_view(run.payload, label="Payload of the run")


def _only(transaction: str, on_transaction: OnTransaction) -> None:
    button(
        "Only this transaction",
        look="bare tiny",
        label=f"Only this transaction: {transaction[:80]}",
        on_click=partial(on_transaction, transaction),
    ).mark("only-transaction")


def _facts(run: Run) -> Iterator[tuple[str, str]]:
    yield "Transaction", run.transaction_id or "not told"
    yield "Started", wording.absolute(run.created_at)
    for job in run.jobs or ():
        for detail in job.details:
            yield _step(job), _detail(detail)


def _detail(detail: RunDetail) -> str:
    parts = (f"{detail.status}:", detail.detail, detail.raw or "")
    return " ".join(part for part in parts if part)


def _step(job: RunJob) -> str:
    kind = STEPS.get(job.type, job.type or "Step")
    return f"{kind} by {job.provider_id}" if job.provider_id else kind


def _name(run: Run) -> str:
    return (run.workflow.name if run.workflow else "") or run.transaction_id or run.id
