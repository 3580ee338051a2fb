"""The one place where the parts are joined: client, database, doors, pages."""

# NiceGUI leaves generics of these calls open.
# pyright: reportUnknownMemberType=false

import httpx
from nicegui import app, core

from api_client import ClientOptions, SubscriberClient
from dashboard.actions.takeover import watch_jobs
from dashboard.audit import AuditLog, Seal
from dashboard.auth import Operators, Passwords, Policies, Sessions, SignInLinks, Throttle, kept_secret
from dashboard.auth.proofs import Proofs
from dashboard.auth.second_factors import SecondFactors
from dashboard.clock import Clock, SystemClock
from dashboard.components.palette import Palette
from dashboard.components.quick_elements import read_signatures_once
from dashboard.components.shell import Stage, broken_page, shell
from dashboard.context import AppContext
from dashboard.csv_io.incoming.preparing import forget_old_files, limits_of
from dashboard.desk import Desk
from dashboard.doors.install import install_doors
from dashboard.doors.second_step import SecondStep, end_weaker_sessions
from dashboard.doors.signing_in import SigningIn
from dashboard.doors.turned_away import TurnedAway
from dashboard.environment import EnvironmentSign
from dashboard.exports import Exports
from dashboard.import_drafts import LOOK_EVERY_S, ImportDrafts
from dashboard.jobs import Jobs
from dashboard.jobs.forgetting import FORGET_EVERY_S
from dashboard.jobs.leases import BEAT_S
from dashboard.lock import ProductionLock
from dashboard.observing.metrics import Metrics
from dashboard.observing.request_ids import RequestIds, number_messages
from dashboard.other_environments import OtherEnvironments
from dashboard.pages import downloads, probes, second_step, sign_in
from dashboard.pages.own_account import open_account
from dashboard.pages.production_bar import draw_production_bar
from dashboard.pages.proof import ask_again
from dashboard.pages.routes import SUB_PAGES
from dashboard.settings import Settings
from dashboard.storage import open_database
from dashboard.theme import install_theme
from dashboard.unseen import UnseenCounts

KEEP_UP_S = 5.0
EMBEDDED_URL = "http://embedded.invalid"  # never looked up: the transport answers in this process


def build_context(
    settings: Settings, *, transport: httpx.AsyncBaseTransport | None = None, clock: Clock | None = None
) -> AppContext:
    """Join the parts that have no user interface. `transport` stands in for the network in tests."""
    clock = clock or SystemClock()
    database = open_database(settings.database_url)
    sessions = Sessions(database, clock)
    metrics = Metrics()
    api = _client(settings, transport, metrics)
    fingerprint = api.sign("which environment this is")[:16]
    sign = EnvironmentSign(settings)
    return AppContext(
        settings=settings,
        api=api,
        sessions=sessions,
        links=SignInLinks(database, sessions, clock),
        operators=Operators(database, sessions, Passwords(), clock),
        policies=Policies(database),
        throttle=Throttle(database, clock),
        second_factors=SecondFactors(database, sessions, clock, secret_of(settings)),
        proofs=Proofs(clock),
        lock=ProductionLock(database, clock, sign, fingerprint=fingerprint),
        sign=sign,
        audit=AuditLog(
            database, clock, environment=lambda: sign.current.name, seal=Seal(secret_of(settings))
        ),
        exports=Exports(settings.data_dir / "exports"),
        drafts=ImportDrafts(settings.data_dir / "imports", limits_of(settings), clock),
        desk=Desk(database, fingerprint=fingerprint),
        jobs=Jobs(database, clock, fingerprint=fingerprint),
        unseen=UnseenCounts(api, clock),
        clock=clock,
        started_with_embedded=settings.uses_embedded_api,
        metrics=metrics,
        others=_others(settings, api, transport),
    )


def install(ctx: AppContext):
    """Add doors, pages and files to NiceGUI's app and return the root page for `ui.run`."""
    read_signatures_once()
    install_theme()
    turned_away = TurnedAway(ctx.audit, ctx.sessions, ctx.clock)
    signing_in = SigningIn(ctx, turned_away)
    step = SecondStep(ctx, signing_in, turned_away, secret=secret_of(ctx.settings))
    form = sign_in.register(ctx, signing_in, step)
    second_step.register(ctx, step, form)
    _offer_sign_on(ctx, signing_in, form)
    downloads.register(ctx, turned_away)
    probes.register(ctx)
    install_doors(ctx, turned_away)
    app.add_middleware(RequestIds)  # the outermost: whatever the doors write down has an id already
    number_messages(core.sio)
    ctx.exports.clear()
    forget_old_files(ctx.settings.data_dir / "imports", ctx.clock.now().timestamp())
    app.on_startup(ctx.jobs.recover)
    app.timer(BEAT_S, lambda: watch_jobs(ctx))
    app.timer(FORGET_EVERY_S, ctx.jobs.forget_old)
    app.timer(LOOK_EVERY_S, lambda: ctx.drafts.forget(ctx.sessions.alive_among))
    app.on_shutdown(ctx.drafts.close)
    app.on_shutdown(ctx.jobs.here.stop)
    app.on_shutdown(ctx.api.aclose)
    app.on_shutdown(ctx.others.aclose)
    app.on_page_exception(broken_page)
    app.on_startup(ctx.sessions.expire)
    app.on_startup(lambda: end_weaker_sessions(ctx))
    app.on_startup(lambda: _keep_up(ctx))
    app.timer(KEEP_UP_S, lambda: _keep_up(ctx))
    return shell(ctx, ctx.sign, SUB_PAGES, everywhere=_draw_everywhere, asks=ask_again, account=open_account)


def _offer_sign_on(ctx: AppContext, signing_in: SigningIn, form: sign_in.SignInPages) -> None:
    """Where it is set up; Authlib is loaded there only."""
    if ctx.settings.oidc_issuer is None:
        return
    from dashboard.auth.provider import Provider  # noqa: PLC0415 - see above
    from dashboard.doors.sign_on import SignOn  # noqa: PLC0415 - see above
    from dashboard.pages import sign_on  # noqa: PLC0415 - see above

    secret = secret_of(ctx.settings)
    sign_on.register(SignOn(ctx, signing_in, Provider(ctx.settings), secret=secret), form)


async def _keep_up(ctx: AppContext) -> None:
    """Hear what other replicas decided, and ask for the environment's name until it is known."""
    await ctx.policies.refresh()
    await ctx.sign.ask(ctx.reader)
    await ctx.lock.refresh()


def _draw_everywhere(stage: Stage) -> None:
    Palette(stage)
    draw_production_bar(stage)


def secret_of(settings: Settings) -> str:
    """What seals the audit log: given, or made once and kept in the data folder."""
    if settings.session_secret is not None:
        return settings.session_secret.get_secret_value()
    return kept_secret(settings.data_dir)


def _others(
    settings: Settings, api: SubscriberClient, transport: httpx.AsyncBaseTransport | None
) -> OtherEnvironments:
    """A client for each further environment, of which nothing but reading people is handed on."""
    clients = {
        one.name: SubscriberClient(ClientOptions(api_key=one.key, base_url=one.url), transport=transport)
        for one in settings.elsewhere
    }
    return OtherEnvironments(
        {name: client.subscribers for name, client in clients.items()},
        home=api.subscribers,
        closing=tuple(client.aclose for client in clients.values()),
    )


def _client(
    settings: Settings, transport: httpx.AsyncBaseTransport | None, metrics: Metrics
) -> SubscriberClient:
    if settings.api_key is not None:
        options = ClientOptions(api_key=settings.api_key.get_secret_value(), base_url=settings.api_url)
        return SubscriberClient(options, transport=transport, observer=metrics)
    from api_client.embedded import create_embedded_api  # noqa: PLC0415 - beside a real Novu it stays away

    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    embedded = create_embedded_api(settings.data_dir / "embedded.sqlite", subscribers=settings.subscribers)
    options = ClientOptions(api_key=embedded.state.api_key, base_url=EMBEDDED_URL)
    inside = httpx.ASGITransport(app=embedded)
    return SubscriberClient(options, transport=transport or inside, observer=metrics)
