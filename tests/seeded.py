"""An embedded API with people in it: made once in each process, then copied in a fifth of the time."""

import functools
import tempfile
from pathlib import Path

from fastapi import FastAPI

from api_client.embedded import create_embedded_api


def api_with_people(path: Path, people: int, *, api_key: str) -> FastAPI:
    """As a fresh one with so many `subscribers`, in a file at `path`."""
    path.write_bytes(_seeded(people))
    return create_embedded_api(path, api_key=api_key)


@functools.cache
def _seeded(people: int) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "seeded.sqlite"
        create_embedded_api(path, subscribers=people).state.store.close()
        return path.read_bytes()
