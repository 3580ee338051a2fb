"""Finds the route of a request: paths ignore case and a trailing slash, ids keep their own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from .problems import bad_request, not_found
from .wire import Answer, Call

Handler = Callable[[Call], Answer]


@dataclass(frozen=True, slots=True)
class Route:
    """A method and template, its handler, what it costs, and whether it needs a key."""

    method: str
    template: str
    handler: Handler
    cost: str = "single"
    category: str = "configuration"
    needs_key: bool = True

    @property
    def name(self) -> str:
        return f"{self.method} {self.template}"


class Router:
    """All routes, by method and number of segments; fixed words win over placeholders."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self.routes = sorted(routes, key=lambda route: route.template.count("{"))
        self._found: dict[tuple[str, int], list[tuple[list[str], Route]]] = {}
        for route in self.routes:
            parts = route.template.strip("/").split("/")
            self._found.setdefault((route.method, len(parts)), []).append((parts, route))

    def find(self, method: str, path: str) -> tuple[Route, dict[str, str]]:
        """The route and its path values; raises the service's 404, or 400 for a broken percent sign."""
        parts = path.removeprefix("/").removesuffix("/").split("/")
        asked = "GET" if method == "HEAD" else method
        for template, route in self._found.get((asked, len(parts)), []):
            if all(part and _fits(word, part) for word, part in zip(template, parts, strict=True)):
                names = [
                    (word[1:-1], part) for word, part in zip(template, parts, strict=True) if word[0] == "{"
                ]
                return route, {name: _decoded(part) for name, part in names}
        raise not_found(f"Cannot {method} {path}")


def check_percent_signs(path: str) -> None:
    """Raises the 400 that the service answers before anything else."""
    try:
        unquote_to_bytes(path).decode("utf-8")
    except UnicodeDecodeError:
        broken = True
    else:
        broken = any(len(piece) < 2 or not _is_hex(piece[:2]) for piece in path.split("%")[1:])
    if broken:
        raise bad_request(f"Failed to decode param '{path.removeprefix('/')}'")


def _fits(word: str, part: str) -> bool:
    return word[0] == "{" or word.lower() == part.lower()


def _decoded(part: str) -> str:
    return unquote_to_bytes(part).decode("utf-8")


def _is_hex(text: str) -> bool:
    return all(letter in "0123456789abcdefABCDEF" for letter in text)
