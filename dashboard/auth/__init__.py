"""Who is there, and what they may do."""

from dashboard.auth.links import LinkRefused, SignInLinks
from dashboard.auth.operators import Operator, Operators
from dashboard.auth.passwords import Passwords
from dashboard.auth.permissions import Permission, Role, allows
from dashboard.auth.policies import Policies, Policy, Reveals
from dashboard.auth.secret import kept_secret
from dashboard.auth.sessions import Session, Sessions
from dashboard.auth.throttle import Throttle

__all__ = [
    "LinkRefused",
    "Operator",
    "Operators",
    "Passwords",
    "Permission",
    "Policies",
    "Policy",
    "Reveals",
    "Role",
    "Session",
    "Sessions",
    "SignInLinks",
    "Throttle",
    "allows",
    "kept_secret",
]
