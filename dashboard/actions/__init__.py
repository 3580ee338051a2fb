"""Everything that changes something: who may, on record, with one key per gesture."""

from dashboard.actions.gate import Deed, NotAllowed, ReadOnly, SignedOut, action

__all__ = ["Deed", "NotAllowed", "ReadOnly", "SignedOut", "action"]
