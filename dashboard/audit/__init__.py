"""What was done, by whom, and what came of it: written down before and after, never changed."""

from dashboard.audit.events import Event, Outcome, Record
from dashboard.audit.log import AuditFilter, AuditLog, Known, NotRecorded, all_lines
from dashboard.audit.redact import redact
from dashboard.audit.seal import Seal
from dashboard.audit.verify import Verdict, verify

__all__ = [
    "AuditFilter",
    "AuditLog",
    "Event",
    "Known",
    "NotRecorded",
    "Outcome",
    "Record",
    "Seal",
    "Verdict",
    "all_lines",
    "redact",
    "verify",
]
