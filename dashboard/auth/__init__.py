"""Who is there, and what they may do."""

from dashboard.auth.links import LinkRefused, SignInLinks
from dashboard.auth.permissions import Permission, Role, allows
from dashboard.auth.secret import kept_secret
from dashboard.auth.sessions import Session, Sessions

__all__ = [
    "LinkRefused",
    "Permission",
    "Role",
    "Session",
    "Sessions",
    "SignInLinks",
    "allows",
    "kept_secret",
]
