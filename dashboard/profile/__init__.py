"""A person's profile as a form: its fields, what is wrong with a value, and what a change sends. Pure."""

from dashboard.profile.changes import Difference, changes, differences, drifted, shown
from dashboard.profile.checks import BadJson, custom_data, phone_number
from dashboard.profile.fields import FIELDS, ProfileField, problems, warnings

__all__ = [
    "FIELDS",
    "BadJson",
    "Difference",
    "ProfileField",
    "changes",
    "custom_data",
    "differences",
    "drifted",
    "phone_number",
    "problems",
    "shown",
    "warnings",
]
