"""People as files: all that match or nothing, safe to open in a spreadsheet, masked where secret."""

from dashboard.csv_io.cells import guard, unguard
from dashboard.csv_io.columns import COLUMNS, DEFAULT_COLUMNS, Column, column
from dashboard.csv_io.export import (
    Exported,
    ExportPlan,
    Progress,
    TooManyToExport,
    export,
    forget_old,
)
from dashboard.csv_io.writer import Format

__all__ = [
    "COLUMNS",
    "DEFAULT_COLUMNS",
    "Column",
    "ExportPlan",
    "Exported",
    "Format",
    "Progress",
    "TooManyToExport",
    "column",
    "export",
    "forget_old",
    "guard",
    "unguard",
]
