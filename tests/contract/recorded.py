"""Reads the recordings: one exchange with a real server each."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Exchange:
    """A request as it was sent and the answer that came; paths and queries stand percent-encoded."""

    file: str
    name: str
    request: dict[str, Any]
    response: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.file}:{self.name}"

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The query, decoded."""
        return parse_qsl(self.request["query"], keep_blank_values=True)

    @property
    def body_bytes(self) -> bytes:
        """The answer's body as it travelled."""
        body = self.response["body"]
        if body is None:
            return b""
        if isinstance(body, dict) and "__text__" in body:
            return body["__text__"].encode()
        return json.dumps(body, ensure_ascii=False).encode()


def exchanges() -> list[Exchange]:
    """All recordings, in the order of the files."""
    found: list[Exchange] = []
    for path in sorted((HERE / "recordings").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            found.append(Exchange(path.stem, entry["name"], entry["request"], entry["response"]))
    return found


def seed() -> dict[str, Any]:
    """The state that every file starts from."""
    return json.loads((HERE / "seed.json").read_text(encoding="utf-8"))
