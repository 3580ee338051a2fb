"""The embedded API at a thousand, a hundred thousand and a million subscribers, over HTTP."""

import http.client
import json
import random
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

SIZES = (1_000, 100_000, 1_000_000)
KEY = "bench"
CALLS, WARM_UP = 200, 50
ROUNDS = 3  # each on a server just started, which has no total in mind
BULKS, BULK = 40, 250
GATES: dict[str, tuple[str, float]] = {
    "search_p95_ms": ("<=", 30.0),
    "page_p95_ratio": ("<=", 2.0),
    "insert_rows_per_s": (">=", 8_000.0),
    "database_ratio": ("<=", 1.3),
    "start_s": ("<=", 2.0),
}
TABLES = ("subscribers", "profiles", "messages", "preferences", "subscriptions")
People = list[dict[str, str]]
Query = Callable[[random.Random], str]


def main() -> dict[str, Any]:
    """Figures of each size, the gates on the largest, and whether they hold."""
    with tempfile.TemporaryDirectory() as folder:
        sizes = {size: _measure(Path(folder) / f"{size}.sqlite", size) for size in SIZES}
        ratio = _page_ratio(Path(folder))
    largest = sizes[SIZES[-1]]
    figures = {
        "search_p95_ms": largest["search_p95_ms"],
        "page_p95_ratio": ratio,
        "insert_rows_per_s": largest["insert_rows_per_s"],
        "database_ratio": largest["database_ratio"],
        "start_s": largest["start_s"],
    }
    failed = [name for name, (kind, bound) in GATES.items() if not _holds(figures[name], kind, bound)]
    return {**figures, "sizes": sizes, "gates_failed": failed, "gates_hold": not failed}


def _holds(value: float, kind: str, bound: float) -> bool:
    return value >= bound if kind == ">=" else value <= bound


def _measure(db: Path, size: int) -> dict[str, Any]:
    began = time.perf_counter()
    with _server(db, size):
        pass
    figures: dict[str, Any] = {"seed_s": round(time.perf_counter() - began, 1)}
    people = _people(db)
    figures["database_ratio"] = _database_ratio(db)
    starts: list[float] = []
    rounds: list[dict[str, list[float]]] = []
    for number in range(ROUNDS):
        began = time.perf_counter()
        with _server(db, size) as connection:
            starts.append(time.perf_counter() - began)
            rounds.append(_queries(connection, people))
            if number == ROUNDS - 1:
                figures["insert_rows_per_s"] = _insert(connection)
    figures["start_s"] = round(min(starts), 2)
    figures |= {f"{name}_p95_ms": _p95([one[name] for one in rounds]) for name in rounds[0]}
    print(json.dumps({"subscribers": size, **figures}), flush=True)
    return figures


def _page_ratio(folder: Path) -> float:
    """The page of the largest against that of the smallest, in turns, so that both meet the same noise."""
    sizes = (SIZES[0], SIZES[-1])
    files = [folder / f"{size}.sqlite" for size in sizes]
    with _server(files[0], sizes[0]) as small, _server(files[1], sizes[1]) as large:
        chance = random.Random(7)
        both = [(small, _people(files[0]), list[float]()), (large, _people(files[1]), list[float]())]
        for number in range(CALLS + WARM_UP):
            for connection, people, times in both:
                taken = _timed(connection, _page(chance, people))
                if number >= WARM_UP:
                    times.append(taken)
    first, second = (statistics.quantiles(times, n=20)[-1] for *_, times in both)
    return round(second / first, 2)


def _page(chance: random.Random, people: People) -> str:
    return f"/v2/subscribers?limit=50&after={_pick(chance, people, 'oid')}"


def _pick(chance: random.Random, people: People, name: str, least: int = 1) -> str:
    while True:
        found = chance.choice(people)[name]
        if len(found) >= least:
            return found


def _search(chance: random.Random, people: People, lengths: tuple[int, ...]) -> str:
    field, length = chance.choice(("email", "email", "name", "phone")), chance.choice(lengths)
    text = _pick(chance, people, field, length)
    start = chance.randrange(len(text) - length + 1)
    return f"/v2/subscribers?{field}={quote(text[start : start + length])}"


def _queries(connection: http.client.HTTPConnection, people: People) -> dict[str, list[float]]:
    """Milliseconds of each call; `search` is the mix of all filters of three letters and more."""

    def pick(chance: random.Random, name: str) -> str:
        return quote(_pick(chance, people, name), safe="")

    queries: dict[str, Query] = {
        "page": lambda chance: _page(chance, people),
        "search": lambda chance: _search(chance, people, (3, 4, 5, 6, 8)),
        "short": lambda chance: _search(chance, people, (1, 2)),
        "email": lambda chance: f"/v2/subscribers?email={pick(chance, 'email')}",
        "by_id": lambda chance: f"/v2/subscribers?subscriberId={pick(chance, 'id')}",
        "get": lambda chance: f"/v2/subscribers/{pick(chance, 'id')}",
        "unseen": lambda chance: f"/v1/subscribers/{pick(chance, 'id')}/notifications/unseen",
        "feed": lambda chance: f"/v1/subscribers/{pick(chance, 'id')}/notifications/feed",
    }
    return {name: _times(connection, query) for name, query in queries.items()}


def _times(connection: http.client.HTTPConnection, query: Query) -> list[float]:
    chance = random.Random(7)
    _call(connection, "GET", query(chance))
    return [_timed(connection, query(chance)) for _ in range(CALLS)]


def _p95(rounds: list[list[float]]) -> float:
    """Each call counts with its least time of all rounds: what other programs take is not the server's."""
    return round(statistics.quantiles(map(min, *rounds), n=20)[-1], 2)


def _timed(connection: http.client.HTTPConnection, path: str) -> float:
    began = time.perf_counter()
    _call(connection, "GET", path)
    return (time.perf_counter() - began) * 1000


def _insert(connection: http.client.HTTPConnection) -> float:
    bodies = [json.dumps({"subscribers": [_row(n * BULK + at) for at in range(BULK)]}) for n in range(BULKS)]
    began = time.perf_counter()
    for body in bodies:
        _call(connection, "POST", "/v1/subscribers/bulk", body)
    return round(BULKS * BULK / (time.perf_counter() - began))


def _row(number: int) -> dict[str, Any]:
    return {
        "subscriberId": f"bench-{number:08d}",
        "firstName": f"Given{number % 977}",
        "lastName": f"Family{number % 1009}",
        "email": f"given{number}.family@bench.example.com",
        "phone": f"+1555{number:07d}",
        "locale": "en_US",
        "timezone": "Europe/Berlin",
        "data": {"plan": "pro", "seats": number % 50},
    }


def _call(connection: http.client.HTTPConnection, method: str, path: str, body: str | None = None) -> bytes:
    headers = {"Authorization": f"ApiKey {KEY}", "Content-Type": "application/json"}
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    content = answer.read()
    if answer.status not in (200, 201):
        raise RuntimeError(f"{method} {path}: {answer.status} {content[:200]!r}")
    return content


def _people(db: Path) -> People:
    """A few thousand of the seeded people, evenly taken."""
    names = ("oid", "id", "email", "phone", "name")
    sql = (
        "SELECT lower(hex(oid)), subscriber_id, ifnull(email, ''), ifnull(phone, ''), folded_name "
        "FROM subscribers WHERE (id / 16) % ? = 0 LIMIT 4000"
    )
    with closing(sqlite3.connect(db)) as connection:
        step = max(1, connection.execute("SELECT count(*) FROM subscribers").fetchone()[0] // 4000)
        return [dict(zip(names, row, strict=True)) for row in connection.execute(sql, (step,))]


def _database_ratio(db: Path) -> float:
    """The whole file against the bare tables in it, indexes and full-text index being the rest."""
    with closing(sqlite3.connect(db)) as connection:
        sql = f"SELECT sum(pgsize) FROM dbstat WHERE name IN ({', '.join('?' * len(TABLES))})"
        tables = connection.execute(sql, TABLES).fetchone()[0]
    return round(db.stat().st_size / tables, 3)


@contextmanager
def _server(db: Path, size: int) -> Iterator[http.client.HTTPConnection]:
    """The server as a process of its own, answering; it is stopped at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "api_client.embedded", "--port", str(port), "--key", KEY]
    process = subprocess.Popen(
        [*command, "--db", str(db), "--subscribers", str(size)], stdout=subprocess.DEVNULL
    )
    try:
        yield _connected(port, process)
    finally:
        process.terminate()
        process.wait(30)


def _connected(port: int, process: "subprocess.Popen[bytes]") -> http.client.HTTPConnection:
    """A connection that has had its first answer; gives up after ten minutes of seeding."""
    for _ in range(12_000):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            _call(connection, "GET", "/v2/subscribers?limit=1")
        except OSError:
            if process.poll() is not None:
                raise
            time.sleep(0.05)
        else:
            return connection
    raise TimeoutError("the server did not start")
