"""Collects an answer's body piece by piece and refuses one that grows too large, compressed or not."""

import zlib
from typing import Protocol

from api_client.errors import BadPayload

_GZIP_OR_ZLIB = 47  # zlib's window bits for "look at the header and decide"
_MOST_VALUES = 250_000  # two bytes on the wire can cost a kilobyte once they are read


class _Unzip(Protocol):
    @property
    def eof(self) -> bool: ...
    def decompress(self, data: bytes, max_length: int = 0, /) -> bytes: ...


class Body:
    """Takes pieces as they arrive; never holds more than `limit` bytes of decoded data plus one piece."""

    def __init__(self, encoding: str, limit: int) -> None:
        self._pieces: list[bytes] = []
        self._room = limit
        self._limit = limit
        self._unzip = _decoder(encoding)

    def add(self, piece: bytes) -> None:
        if self._unzip is not None:
            piece = self._decoded(piece, self._unzip)
        self._room -= len(piece)
        if self._room < 0:
            raise BadPayload(
                f"The server's answer is too large (limit {self._limit // 1_000_000} MB).",
                detail=f"answer exceeds {self._limit} bytes",
            )
        self._pieces.append(piece)

    def whole(self) -> bytes:
        """The whole body, once the last piece is in."""
        if self._unzip is not None and not self._unzip.eof:
            flaw = BadPayload("The server's answer could not be read.", detail="compressed answer is cut off")
            flaw.is_cut_off = True
            raise flaw
        found = self._pieces[0] if len(self._pieces) == 1 else b"".join(self._pieces)
        if len(found) > 2 * _MOST_VALUES and found.count(b",") > _MOST_VALUES:
            raise BadPayload(
                "The server's answer holds too many values to be read.",
                detail=f"answer holds more than {_MOST_VALUES} values",
            )
        return found

    def _decoded(self, piece: bytes, unzip: "_Unzip") -> bytes:
        try:
            return unzip.decompress(piece, self._room + 1)
        except zlib.error:
            raise BadPayload(
                "The server's answer could not be read.", detail="compressed answer is damaged"
            ) from None


def _decoder(encoding: str) -> "_Unzip | None":
    encoding = encoding.strip().lower()
    if encoding in {"", "identity"}:
        return None
    if encoding in {"gzip", "x-gzip", "deflate"}:
        return zlib.decompressobj(_GZIP_OR_ZLIB)
    raise BadPayload("The server's answer could not be read.", detail=f"unknown encoding {encoding[:20]!r}")
