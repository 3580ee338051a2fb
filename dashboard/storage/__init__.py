"""The dashboard's own data: sessions, sign-in links and the audit log."""

from dashboard.storage.database import Database, open_database

__all__ = ["Database", "open_database"]
