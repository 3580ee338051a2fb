"""A small Novu for demonstrations, development and tests."""

from .app import create_embedded_api
from .faults import Faults

__all__ = ["Faults", "create_embedded_api"]
