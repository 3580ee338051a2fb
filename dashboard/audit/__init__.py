"""What was done, by whom, and what came of it: written down before and after, never changed."""

from dashboard.audit.events import Event, Outcome, Record
from dashboard.audit.log import AuditFilter, AuditLog, NotRecorded
from dashboard.audit.redact import redact

__all__ = ["AuditFilter", "AuditLog", "Event", "NotRecorded", "Outcome", "Record", "redact"]
