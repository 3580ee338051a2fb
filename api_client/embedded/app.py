"""Joins the parts of the embedded API into a FastAPI application."""

import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from fastapi import FastAPI

from .clock import Clock, SystemClock
from .faults import Faults
from .folding import Letters
from .foreign import Record
from .gates import Keys
from .home import Home, read_home
from .idempotency import Idempotency
from .ids import IdMaker
from .limits import Plan, RateLimits
from .openapi import document
from .router import Router
from .routes import all_routes
from .routes.faults import routes as fault_routes
from .search import Search
from .seeding import seed_people, seed_recorded
from .service import Service
from .state import State
from .store import Store
from .writing import Writer

Seed = Literal["people", "recorded"]
INDEX = "2"  # version of the search index; a file with another one is indexed again


def create_embedded_api(  # noqa: PLR0913 - each is a switch of the command line, all have defaults
    db: Path | None = None,
    *,
    subscribers: int = 0,
    seed: Seed = "people",
    api_key: str | None = None,
    rate_limit: Plan = "off",
    clock: Clock | None = None,
    faults: Faults | None = None,
    faults_over_http: bool = False,
    integrations: Sequence[Record] = (),
) -> FastAPI:
    """A small Novu on SQLite, in memory or in the file `db`; a file that was seeded before keeps its state.

    `integrations` are added to those of the seed. `app.state.api_key` is the key to call it with,
    `app.state.faults` its faults on demand.
    """
    state, key = _open(Store(db), seed=seed, count=subscribers, api_key=api_key, more=integrations)
    faults = faults if faults is not None else Faults()
    routes = all_routes(state) + (fault_routes(faults) if faults_over_http else [])
    home = state.home
    others = [one["apiKey"] for one in home.environments[1:]]
    service = Service(
        Router(routes),
        keys=Keys(dict(zip((key, *others), home.callers, strict=True))),
        clock=clock or SystemClock(),
        faults=faults,
        limits=RateLimits(rate_limit),
        idempotency=Idempotency(state.store),
    )
    app = FastAPI(title="Novu, embedded", docs_url=None, redoc_url=None)
    app.openapi = document  # type: ignore[method-assign] - FastAPI's documented way to give one's own
    app.state.api_key, app.state.faults, app.state.store = key, faults, state.store
    app.mount("/", service)
    return app


def _open(
    store: Store, *, seed: Seed, count: int, api_key: str | None, more: Sequence[Record]
) -> tuple[State, str]:
    """The state in the store, seeded if it is empty, and the environment's key."""
    known = store.meta("seed")
    home, letters = read_home(demo=(known or seed) == "people", more=more), Letters()
    search = Search(letters, store.second)
    store.on_commit = search.committed
    writer = Writer(letters, search)
    fresh = known is None
    key = api_key or store.meta("api_key") or _first_key(home, seed)
    if fresh:
        with store.writing():  # so that a start that is killed half-way begins anew
            _fill(store, home, writer, seed=seed, count=count)
            store.set_meta("machine", secrets.token_hex(5))
            store.set_meta("seed", seed)
    elif store.meta("index") != INDEX:
        with store.writing() as db:
            writer.index_again(db)
    if store.meta("index") != INDEX:
        store.set_meta("index", INDEX)
        store.tidy()
    store.set_meta("api_key", key)
    first = secrets.randbits(23)  # of 24, which leaves a process room for eight million growing ids
    ids = IdMaker(store.meta("machine") or "0000000000", first)
    return State(store, home, search, writer, ids), key


def _first_key(home: Home, seed: Seed) -> str:
    return home.environments[0]["apiKey"] if seed == "recorded" else secrets.token_hex(16)


def _fill(store: Store, home: Home, writer: Writer, *, seed: Seed, count: int) -> None:
    if seed == "recorded":
        seed_recorded(store, home, writer)
    else:
        seed_people(store, home, writer, count=count)
