"""Which role may do what: one table, asked by every action and every button."""

from enum import StrEnum, unique
from types import MappingProxyType


@unique
class Role(StrEnum):
    """How far an operator is trusted; each role may do what the one before it may."""

    VIEWER = "viewer"
    OPERATOR = "operator"
    ADMIN = "admin"


@unique
class Permission(StrEnum):
    """Something that a role may or may not do."""

    READ = "read"
    WRITE = "write"
    DELETE = "delete"
    REVEAL = "reveal"
    EXPORT = "export"
    UNLOCK = "unlock production"
    HISTORY = "see who changed a person"
    AUDIT = "see the audit log"
    OPERATORS = "manage operators"


_VIEWER = frozenset({Permission.READ})
_OPERATOR = _VIEWER | {
    Permission.WRITE, Permission.DELETE, Permission.REVEAL, Permission.EXPORT, Permission.UNLOCK,
    Permission.HISTORY,
}  # fmt: skip
_ADMIN = _OPERATOR | {Permission.AUDIT, Permission.OPERATORS}

PERMISSIONS = MappingProxyType({Role.VIEWER: _VIEWER, Role.OPERATOR: _OPERATOR, Role.ADMIN: _ADMIN})

CHANGES_DATA = frozenset({Permission.WRITE, Permission.DELETE})
"""What the read-only setting refuses, whoever asks."""


def allows(role: Role, permission: Permission) -> bool:
    return permission in PERMISSIONS[role]
