"""A page of a list, whatever style of paging the server used."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Rows, a cursor each way, and a total that may be unknown or (`total_is_exact` false) capped."""

    items: tuple[T, ...]
    next: str | None = None
    previous: str | None = None
    total: int | None = None
    total_is_exact: bool = False


@dataclass(frozen=True, slots=True)
class RowPage:
    """Rows as they came, under wire names and without models; for exports."""

    rows: list[dict[str, Any]]
    next: str | None = None
    total: int | None = None
    total_is_exact: bool = False
