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
    IMPORT_CREDENTIALS = "import credentials"
    UNLOCK = "unlock production"
    HISTORY = "see who changed a person"
    AUDIT = "see the audit log"
    OPERATORS = "manage operators"


_VIEWER = frozenset({Permission.READ})
_OPERATOR = _VIEWER | {
    Permission.WRITE, Permission.DELETE, Permission.REVEAL, Permission.EXPORT, Permission.UNLOCK,
    Permission.HISTORY,
}  # fmt: skip
_ADMIN = _OPERATOR | {Permission.AUDIT, Permission.OPERATORS, Permission.IMPORT_CREDENTIALS}

PERMISSIONS = MappingProxyType({Role.VIEWER: _VIEWER, Role.OPERATOR: _OPERATOR, Role.ADMIN: _ADMIN})

CHANGES_DATA = frozenset({Permission.WRITE, Permission.DELETE, Permission.IMPORT_CREDENTIALS})
"""What the read-only setting refuses, whoever asks."""

TELLS_OR_CHANGES = CHANGES_DATA | {Permission.REVEAL, Permission.EXPORT}
"""What is refused while personal data is masked: the screen does not show what would be changed or told."""

ASKS_AGAIN = frozenset({Permission.REVEAL, Permission.OPERATORS})
"""What an open session is not enough for: the person shows again who it is, good for five minutes."""


def allows(role: Role, permission: Permission) -> bool:
    return permission in PERMISSIONS[role]
