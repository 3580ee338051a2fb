"""Create people: one by a form, or several pasted as lines."""

from dashboard.pages.create.dialog import open_create

__all__ = ["open_create"]
