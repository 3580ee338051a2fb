"""Lines of the log as they are shown: one row each, which unfolds to everything that was written."""

from collections.abc import Sequence

from dashboard import paths, wording
from dashboard.audit import Record
from dashboard.components import html
from dashboard.components.json_view import json_view
from dashboard.components.shell import Stage
from dashboard.pages.audit import words


def draw_lines(stage: Stage, records: Sequence[Record], *, label: str, with_subject: bool = True) -> None:
    """A list, newest first. While personal data is masked, what was changed is not shown."""
    with html.ul().classes("audit-lines").attributes(aria_label=label):
        for record in records:
            with html.li().mark("audit-line"), html.details():
                _draw_row(stage, record, with_subject=with_subject)
                with html.div().classes("audit-more"):
                    _draw_facts(record)
                    _draw_values(stage, record)


def _draw_row(stage: Stage, record: Record, *, with_subject: bool) -> None:
    word, tone = words.OUTCOMES[record.outcome]
    with html.summary():
        with html.span().classes("when num") as when:
            when.text = wording.ago(record.at, stage.ctx.clock.now())
            when.attributes(title=wording.absolute(record.at))
        html.span(record.actor or "unknown").classes("who clip")
        with html.span().classes("what clip"):
            html.span(words.action(record.name))
            if with_subject and record.subject:
                html.span(record.subject).classes("mono muted")
        html.span(word).classes(f"chip {tone}")


def _draw_facts(record: Record) -> None:
    facts = {
        "When": wording.absolute(record.at),
        "Who": f"{record.actor or 'unknown'}{f' ({record.role})' if record.role else ''}",
        "From": record.address or "this machine",
        "Environment": record.environment,
        "Action": record.name,
        "About": record.subject,
        "Details": record.detail,
        "API request id": record.request_id,
        "Action id": record.action_id,
        "Session": record.session_id[:12],
        "Line": f"{record.seq} · {record.hash[:16] or 'before the chain began'}",
    }
    with html.dl().classes("facts"):
        for name, value in facts.items():
            if value:
                html.dt(name)
                with html.dd().classes("breakable") as shown:
                    _fill(shown, record, name, value)


def _fill(shown: html.Tag, record: Record, name: str, value: str) -> None:
    if name == "About" and words.is_about_a_person(record.name):
        html.a(value).classes("text-link").attributes(href=paths.subscriber(value))
    else:
        shown.text = value


def _draw_values(stage: Stage, record: Record) -> None:
    for name, value in (("Before", record.before), ("After", record.after)):
        if value is None:
            continue
        html.h2(name)
        if stage.ctx.hides():
            html.p("Not shown while personal data is masked.").classes("muted")
        else:
            json_view(value, label=f"{name}: {words.action(record.name)}, line {record.seq}")
