"""Serves the embedded API on a real port, for curl, the official SDKs or another language."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from .app import create_embedded_api
from .serving import serve


def main(arguments: Sequence[str] | None = None) -> None:
    asked = _parser().parse_args(arguments)
    app = create_embedded_api(
        asked.db,
        subscribers=asked.subscribers,
        seed=asked.seed,
        api_key=asked.key,
        rate_limit=asked.rate_limit,
        faults_over_http=asked.faults,
    )
    print(f"Embedded Novu API on http://{asked.host}:{asked.port}")
    if asked.key is None:
        print(f"Authorization: ApiKey {app.state.api_key}")
    serve(app, host=asked.host, port=asked.port)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m api_client.embedded", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=3000)
    parser.add_argument("--db", type=Path, help="keep the state in this file")
    parser.add_argument("--subscribers", type=int, default=5000, help="how many people an empty state gets")
    parser.add_argument("--seed", choices=["people", "recorded"], default="people")
    parser.add_argument("--key", help="the API key it wants; made and printed when not given")
    parser.add_argument("--rate-limit", choices=["off", "free", "pro", "business"], default="off")
    parser.add_argument("--faults", action="store_true", help="accept POST /__faults")
    return parser


if __name__ == "__main__":
    main()
