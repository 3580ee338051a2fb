"""What every page and action is handed: the joined parts, and who is asking."""

from collections.abc import Callable
from dataclasses import dataclass, field

from api_client import INTERACTIVE, CallOptions, SubscriberClient
from dashboard.audit import AuditLog
from dashboard.auth import Operators, Policies, Role, Sessions, SignInLinks, Throttle
from dashboard.auth.proofs import Proofs
from dashboard.auth.second_factors import SecondFactors
from dashboard.clock import Clock
from dashboard.desk import Desk
from dashboard.environment import EnvironmentSign
from dashboard.exports import Exports
from dashboard.import_drafts import ImportDrafts
from dashboard.jobs import Jobs
from dashboard.lock import ProductionLock
from dashboard.masking import MaskedReader
from dashboard.observing.metrics import Metrics
from dashboard.other_environments import OtherEnvironments
from dashboard.reading import Reader
from dashboard.refusals import Then
from dashboard.settings import Settings
from dashboard.unseen import UnseenCounts


@dataclass(frozen=True, kw_only=True)
class AppContext:
    """One per running dashboard. Actions write through `api`; pages see it only as `reader`."""

    settings: Settings
    api: SubscriberClient
    sessions: Sessions
    links: SignInLinks
    operators: Operators
    policies: Policies
    throttle: Throttle
    second_factors: SecondFactors
    proofs: Proofs
    lock: ProductionLock
    sign: EnvironmentSign
    exports: Exports
    drafts: ImportDrafts
    desk: Desk
    jobs: Jobs
    unseen: UnseenCounts
    audit: AuditLog
    clock: Clock
    started_with_embedded: bool
    metrics: Metrics = field(default_factory=Metrics)
    others: OtherEnvironments = field(default_factory=OtherEnvironments)
    """Further environments, of which people can be read and nothing else."""
    hides: Callable[[], bool] = lambda: False
    """Whether personal data is masked, asked at each read: for one visit, see `components/shell.py`."""

    asks: Callable[[Then], None] | None = None
    """Asks the visitor again who it is, then goes on; None where nobody is at a screen."""

    @property
    def reader(self) -> Reader:
        """The client with nothing but its reading calls: pyright refuses a write through it."""
        return MaskedReader(self.api) if self.hides() else self.api


@dataclass(frozen=True)
class Visit:
    """Who is asking. The role is for show; `@action` looks at the live session."""

    actor: str
    session_id: str
    role: Role
    gesture: str = ""
    """Given by a form that may be sent twice: two actions of one gesture are one write."""
    address: str = ""
    """Where the browser is, for the record."""
    calls: CallOptions = INTERACTIVE
    """How hard its writes may try; a bulk job leaves a part of the rate budget to people."""
