"""Runs benchmarks: `python -m tests.bench [NAME]`; the last line of each is one JSON object."""

import importlib
import json
import sys
from pathlib import Path
from typing import Any

_SUPPORT = {"__init__", "__main__"}


def names() -> list[str]:
    """All benchmarks: the modules of this folder that have a `main`."""
    here = Path(__file__).parent
    found = sorted(path.stem for path in here.glob("*.py") if path.stem not in _SUPPORT)
    return [name for name in found if "def main(" in (here / f"{name}.py").read_text(encoding="utf-8")]


def run(name: str) -> bool:
    """Run one and print its figures; false when one of its gates does not hold."""
    figures: dict[str, Any] = importlib.import_module(f"tests.bench.{name}").main()
    print(json.dumps({"bench": name, **figures}), flush=True)
    return bool(figures.get("gates_hold", True))


def main(arguments: list[str]) -> int:
    """Exit code 1 when a gate does not hold, 2 for an unknown name."""
    known = names()
    if unknown := [name for name in arguments if name not in known]:
        print(f"No benchmark {unknown[0]}; there are: {', '.join(known)}", file=sys.stderr)
        return 2
    results = [run(name) for name in (arguments or known)]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
