"""What the routes work with: the store, the fixed state, the search, the maker of ids."""

from dataclasses import dataclass, field

from .deliveries import Deliveries
from .home import Home
from .ids import IdMaker
from .runs import Runs
from .search import Search
from .store import Store
from .writing import Writer


@dataclass(frozen=True, slots=True)
class State:
    """Made once by the factory and handed to every group of routes."""

    store: Store
    home: Home
    search: Search
    writer: Writer
    ids: IdMaker
    deliveries: Deliveries = field(default_factory=Deliveries)
    runs: Runs = field(default_factory=Runs)
