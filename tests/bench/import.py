"""The dry run of a file of 100,000 people with 10 columns: processor seconds and memory over an idle process.

The lookup of existing people is left out; it is paced by the server's rate limit and not by us.
"""

# ruff: noqa: N999 - named for its command, `python -m tests.bench import`

import csv
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

PEOPLE = 100_000
GATES = {"dry_run_s": 1.5, "memory_mb": 64.0}
_COLUMNS = (
    "subscriberId firstName lastName email phone avatar locale timezone data.plan data.seats:json".split()  # noqa: SIM905 - a row as in a file
)
_CHILD = """
import json, resource, sys, time
from pathlib import Path
import pandas
from dashboard.csv_io.incoming.checked import check_table
from dashboard.csv_io.incoming.form import Limits
from dashboard.csv_io.incoming.mapping import guess
from dashboard.csv_io.incoming.plan import make_plan
from dashboard.csv_io.incoming.reading import open_table
from dashboard.csv_io.incoming.sniff import sniff
path, folder, limits = Path(sys.argv[1]), Path(sys.argv[2]), Limits()
highest = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
idle, began = highest(), time.process_time()
table = open_table(path, sniff(path, limits), limits)
columns = guess(table.heading, [[]] * len(table.heading))
plan = make_plan(check_table(table, columns, folder), {}, folder)
took = time.process_time() - began
figures = {"dry_run_s": round(took, 2), "memory_mb": round(highest() - idle, 1)}
print(json.dumps({**figures, "counts": plan.counts}))
"""


def main() -> dict[str, Any]:
    """The best of three runs, each in a process of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "people.csv"
        _write(file)
        runs = [_run(file, folder) for _ in range(3)]
    figures = {key: min(run[key] for run in runs) for key in GATES}
    assert runs[0]["counts"] == {"create": PEOPLE - PEOPLE // 1000, "refused": PEOPLE // 1000}
    return {
        "people": PEOPLE,
        **figures,
        "gates_hold": all(figures[key] <= most for key, most in GATES.items()),
    }


def _write(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_COLUMNS)
        writer.writerows(_person(number) for number in range(PEOPLE))


def _person(number: int) -> list[str]:
    mail = f"zoe.{number}@example.com" if number % 1000 else "no mail"
    picture = f"https://cdn.example.com/avatars/{number}.png"
    names = [f"user-{number:06d}", "Zoë", "Müller-Lüdenscheidt", mail, f"'+4915112{number:06d}", picture]
    return [*names, "de_DE", "Europe/Berlin", "enterprise", str(number % 50)]


def _run(file: Path, folder: Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, str(file), str(folder)], check=True, capture_output=True, text=True
    )
    return dict(json.loads(done.stdout))
