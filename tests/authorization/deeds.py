"""The sixteen actions of the matrix: what each needs, where it is done, and how it is really done."""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from api_client import MarkAs, NewSubscriber, SubscriberPatch
from dashboard import paths
from dashboard.actions import bulk, credentials, exports, imports, messages, operators, subscribers
from dashboard.actions.entries import Target
from dashboard.actions.gate import admit
from dashboard.auth import Permission, Policy
from dashboard.context import AppContext, Visit
from dashboard.csv_io import COLUMNS, DEFAULT_COLUMNS, ExportPlan
from dashboard.csv_io.incoming.plan import Plan as ImportPlan
from dashboard.jobs import Kind, Plan
from dashboard.jobs import shapes as jobs
from dashboard.search import SubscriberFilter

PERSON = "the-person-of-the-matrix"
FCM = Target("fcm", "fcm-main")
Do = Callable[[AppContext, Visit], Awaitable[Any]]


@dataclass(frozen=True)
class Deed:
    """`page` is where a browser goes for it, `api` the call of the API that is behind it."""

    name: str
    needs: Permission
    do: Do
    page: str
    api: tuple[str, str]

    @property
    def sees(self) -> Permission:
        """What it takes to be shown that page."""
        return self.needs if self.page in (paths.OPERATORS, paths.AUDIT) else Permission.READ


async def _export(ctx: AppContext, visit: Visit, *, in_clear: bool) -> object:
    columns = [one for one in COLUMNS.values() if one.is_secret] if in_clear else list(DEFAULT_COLUMNS)
    plan = ExportPlan(filters=(SubscriberFilter(subscriber_id=PERSON),), columns=columns)
    return await exports.export_people(ctx, visit, subject="the matrix", plan=plan)


async def _import(ctx: AppContext, visit: Visit) -> object:
    path = Path(ctx.settings.data_dir) / "plan.jsonl"
    path.touch()
    plan = ImportPlan(path, counts={}, repeated_ids=0, created=(), changes=(), left_out=(), entries=0)
    return await imports.plan_import(ctx, visit, plan=plan, file="people.csv", subject="the matrix")


async def _bulk_delete(ctx: AppContext, visit: Visit) -> object:
    plan = Plan(Kind.DELETE, (jobs.Target(PERSON, "Ada"),), "the matrix", visit.actor)
    return await bulk.plan_deletion(ctx, visit, plan=plan)


async def _delete(ctx: AppContext, visit: Visit) -> None:
    new = NewSubscriber(subscriber_id="somebody-else")
    await ctx.api.subscribers.create(new)
    await subscribers.delete(ctx, visit, subscriber_id="somebody-else")


async def _create(ctx: AppContext, visit: Visit) -> object:
    new_id = f"new-{secrets.token_hex(4)}"
    return await subscribers.create(ctx, visit, subscriber_id=new_id, new=NewSubscriber(subscriber_id=new_id))


async def _manage(ctx: AppContext, visit: Visit) -> None:
    await operators.end_sessions(ctx, visit, operator="nobody-at-all")


async def _read_audit(ctx: AppContext, visit: Visit) -> object:
    await admit(ctx, visit, "audit.read", needs=Permission.AUDIT)
    return await ctx.audit.page(limit=1)


HERE = paths.subscriber(PERSON)
V2, V1 = f"/v2/subscribers/{PERSON}", f"/v1/subscribers/{PERSON}"
P = Permission
DEEDS = (
    Deed(
        "list",
        P.READ,
        lambda c, v: c.reader.subscribers.search(limit=1),
        "/subscribers",
        ("GET", "/v2/subscribers"),
    ),
    Deed("view", P.READ, lambda c, v: c.reader.subscribers.get(PERSON), HERE, ("GET", V2)),
    Deed(
        "reveal secret",
        P.REVEAL,
        lambda c, v: credentials.reveal(c, v, subscriber_id=PERSON, target=FCM),
        f"{HERE}?tab=credentials",
        ("GET", V2),
    ),
    Deed("create", P.WRITE, _create, "/subscribers", ("POST", "/v2/subscribers")),
    Deed(
        "edit",
        P.WRITE,
        lambda c, v: subscribers.patch(
            c, v, subscriber_id=PERSON, change=SubscriberPatch(first_name="Edited")
        ),
        f"{HERE}?edit=firstName",
        ("PATCH", V2),
    ),
    Deed("delete", P.DELETE, _delete, HERE, ("DELETE", V2)),
    Deed(
        "set credentials",
        P.WRITE,
        lambda c, v: credentials.add_tokens(c, v, subscriber_id=PERSON, target=FCM, tokens=["a-token"]),
        f"{HERE}?tab=credentials",
        ("PUT", f"{V1}/credentials"),
    ),
    Deed("import", P.WRITE, _import, "/subscribers", ("POST", "/v1/subscribers/bulk")),
    Deed(
        "export",
        P.EXPORT,
        lambda c, v: _export(c, v, in_clear=False),
        "/subscribers",
        ("GET", "/v2/subscribers"),
    ),
    Deed(
        "export with secrets",
        P.REVEAL,
        lambda c, v: _export(c, v, in_clear=True),
        "/subscribers",
        ("GET", "/v1/subscribers"),
    ),
    Deed("bulk delete", P.DELETE, _bulk_delete, "/subscribers", ("DELETE", V2)),
    Deed(
        "read feed",
        P.READ,
        lambda c, v: c.reader.feed.page(PERSON),
        f"{HERE}?tab=feed",
        ("GET", f"{V1}/notifications/feed"),
    ),
    Deed(
        "mark messages",
        P.WRITE,
        lambda c, v: messages.mark_all(c, v, subscriber_id=PERSON, mark_as=MarkAs.READ),
        f"{HERE}?tab=feed",
        ("POST", f"{V1}/messages/mark-all"),
    ),
    Deed("manage operators", P.OPERATORS, _manage, paths.OPERATORS, ("GET", "/v1/environments")),
    Deed("read audit", P.AUDIT, _read_audit, paths.AUDIT, ("GET", "/v1/notifications")),
    Deed(
        "change what everybody may see",
        P.OPERATORS,
        lambda c, v: operators.decide(c, v, policy=Policy()),
        paths.OPERATORS,
        ("GET", "/v1/integrations"),
    ),
)
