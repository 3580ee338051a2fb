"""Serves the embedded API on a port, for curl, the official SDKs or a client in another language."""

import argparse
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from fastapi import FastAPI

from .app import create_embedded_api
from .serving import bound, serve

EXAMPLE = """example:
  python -m api_client.embedded --port 3000 --key KEY
  curl -H 'Authorization: ApiKey KEY' 'http://127.0.0.1:3000/v2/subscribers?limit=1'
"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until stopped. A failed start is one sentence and exit code 1, or 2 for bad arguments."""
    asked = _parser().parse_args(arguments)
    try:
        listening = bound(asked.host, asked.port)
    except OSError as failure:
        raise SystemExit(f"Cannot listen on {asked.host}, port {asked.port}: {failure.strerror}.") from None
    with listening:
        app = _app(asked)
        print(f"Embedded Novu API on http://{asked.host}:{listening.getsockname()[1]}", flush=True)
        if asked.key is None:
            print(f"Authorization: ApiKey {app.state.api_key}", flush=True)
        serve(app, listening)


def _app(asked: argparse.Namespace) -> FastAPI:
    try:
        return create_embedded_api(
            asked.db,
            subscribers=asked.subscribers,
            seed=asked.seed,
            api_key=asked.key,
            rate_limit=asked.rate_limit,
            faults_over_http=asked.faults,
        )
    except sqlite3.Error as failure:
        raise SystemExit(f"Cannot keep the data in {asked.db}: {failure}.") from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m api_client.embedded",
        description=__doc__,
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    add("--port", type=_number(65_535), default=3000, help="0 picks a free one (default: %(default)s)")
    add("--key", type=_key, help="the API key to ask for (default: the stored one, else a new one, printed)")
    add("--db", type=Path, metavar="FILE", help="keep the data in this file (default: in memory)")
    add(
        "--seed",
        choices=["people", "recorded"],
        default="people",
        help="what an empty database starts with: invented people, or the state behind the recordings "
        "(default: %(default)s)",
    )
    add(
        "--subscribers",
        type=_number(5_000_000),
        default=5000,
        metavar="N",
        help="how many people to invent (default: %(default)s)",
    )
    add(
        "--rate-limit",
        choices=["off", "free", "pro", "business"],
        default="off",
        help="enforce the rate limit of a plan (default: %(default)s)",
    )
    add("--faults", action="store_true", help="accept POST /__faults, which makes calls fail on purpose")
    return parser


def _number(most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and int(text[:9]) <= most and len(text) < 9):
            raise argparse.ArgumentTypeError(f"must be a number from 0 to {most}")
        return int(text)

    return read


def _key(text: str) -> str:
    if not text or not text.isascii() or not text.isprintable() or " " in text:
        raise argparse.ArgumentTypeError("must be printable ASCII characters without spaces")
    return text


if __name__ == "__main__":
    main()
