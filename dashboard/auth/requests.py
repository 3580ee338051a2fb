"""What a request says of itself: a header, and where it comes from."""

from starlette.types import Scope


def header(scope: Scope, name: bytes) -> str:
    """The first value of a header, or empty; `name` in lower case."""
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


def address_of(scope: Scope) -> str:
    """Where a request comes from, as the server knows it; behind a proxy, what the trusted proxy says."""
    client = scope.get("client")
    return str(client[0]) if client else ""


def is_encrypted(scope: Scope) -> bool:
    """Whether it came over https, as the server knows it; behind a proxy, what the trusted proxy says."""
    return scope["scheme"] in {"https", "wss"}
