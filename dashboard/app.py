"""The one place where the parts are joined: client, database, doors, pages."""

# NiceGUI leaves generics of these calls open.
# pyright: reportUnknownMemberType=false

import httpx
from nicegui import app

from api_client import ClientOptions, SubscriberClient
from api_client.embedded import create_embedded_api
from dashboard.audit import AuditLog
from dashboard.auth import Sessions, SignInLinks
from dashboard.auth.gate import SameOriginSockets, SessionGate
from dashboard.clock import Clock, SystemClock
from dashboard.components.palette import Palette
from dashboard.components.shell import broken_page, shell
from dashboard.context import AppContext
from dashboard.desk import Desk
from dashboard.environment import EnvironmentSign, environment_of
from dashboard.exports import Exports
from dashboard.jobs import Jobs
from dashboard.pages import downloads, sign_in
from dashboard.pages.routes import SUB_PAGES
from dashboard.settings import Settings
from dashboard.storage import open_database
from dashboard.theme import install_theme
from dashboard.unseen import UnseenCounts

EMBEDDED_URL = "http://embedded.invalid"  # never looked up: the transport answers in this process


def build_context(
    settings: Settings, *, transport: httpx.AsyncBaseTransport | None = None, clock: Clock | None = None
) -> AppContext:
    """Join the parts that have no user interface. `transport` stands in for the network in tests."""
    clock = clock or SystemClock()
    database = open_database(settings.database_url)
    sessions = Sessions(database, clock)
    api = _client(settings, transport)
    fingerprint = api.sign("which environment this is")[:16]
    return AppContext(
        settings=settings,
        api=api,
        sessions=sessions,
        links=SignInLinks(database, sessions, clock),
        audit=AuditLog(database, clock, environment=environment_of(settings).name),
        exports=Exports(settings.data_dir / "exports"),
        desk=Desk(database, fingerprint=fingerprint),
        jobs=Jobs(database, clock, fingerprint=fingerprint),
        unseen=UnseenCounts(api, clock),
        clock=clock,
        started_with_embedded=settings.uses_embedded_api,
    )


def install(ctx: AppContext):
    """Add doors, pages and files to NiceGUI's app and return the root page for `ui.run`."""
    install_theme()
    sign_in.register(ctx)
    downloads.register(ctx)
    app.add_middleware(SessionGate, sessions=ctx.sessions)
    app.add_middleware(SameOriginSockets)
    ctx.exports.clear()
    app.on_startup(ctx.jobs.recover)
    app.on_shutdown(ctx.jobs.stop)
    app.on_shutdown(ctx.api.aclose)
    app.on_page_exception(broken_page)
    sign = EnvironmentSign(ctx.settings)
    app.on_startup(lambda: sign.ask(ctx.reader))
    return shell(ctx, sign, SUB_PAGES, everywhere=Palette)


def _client(settings: Settings, transport: httpx.AsyncBaseTransport | None) -> SubscriberClient:
    if settings.api_key is not None:
        options = ClientOptions(api_key=settings.api_key.get_secret_value(), base_url=settings.api_url)
        return SubscriberClient(options, transport=transport)
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    embedded = create_embedded_api(settings.data_dir / "embedded.sqlite", subscribers=settings.subscribers)
    options = ClientOptions(api_key=embedded.state.api_key, base_url=EMBEDDED_URL)
    return SubscriberClient(options, transport=transport or httpx.ASGITransport(app=embedded))
