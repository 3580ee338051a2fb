"""Our client against novu-py and the bare transport: the same work in turn, on the same stub server."""

import asyncio
import gc
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any

from tests.bench.rivals import Bare, Ours, Theirs
from tests.bench.stub import ROWS_A_PAGE, running

ROUNDS = 9
PAGES = 60
CALLS = 60
TURNS = 40
FAN = 50
GATES: dict[str, tuple[str, float]] = {
    "walk_cpu_ratio": (">=", 3.5),
    "csv_rows_ratio": (">=", 5.0),
    "tiny_call_ratio": ("<=", 1.25),
    "fanout_latency_ratio": ("<=", 1.5),
    "import_time_ratio": ("<=", 0.4),
    "import_memory_ratio": ("<=", 0.4),
}
Work = Callable[[], Awaitable[Any]]


def main() -> dict[str, Any]:
    """All figures, and whether each gate holds."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # the stub takes another core
    with running(PAGES) as (fast, slow):
        figures = asyncio.run(_network(fast, slow))
    figures |= _imports()
    failed = [name for name, (kind, bound) in GATES.items() if not _holds(figures[name], kind, bound)]
    return {**figures, "gates_failed": failed, "gates_hold": not failed}


def _holds(value: float, kind: str, bound: float) -> bool:
    return value >= bound if kind == ">=" else value <= bound


async def _network(fast: str, slow: str) -> dict[str, Any]:
    ours, theirs, bare, far = Ours(fast), Theirs(fast), Bare(fast), Ours(slow)
    await asyncio.gather(ours.walk(), theirs.walk())
    gc.collect()
    gc.freeze()  # the modules of both are on the heap; neither is to be billed for the other's
    try:
        return {
            **await _walks(ours, theirs),
            **await _tiny_calls(ours, theirs, bare),
            **await _fan_out(far),
        }
    finally:
        await asyncio.gather(ours.client.aclose(), far.client.aclose(), bare.aclose())


async def _walks(ours: Ours, theirs: Theirs) -> dict[str, Any]:
    cpu, into, rows = [], [], []
    our_cpu, their_cpu = [], []
    for _ in range(ROUNDS):
        count, mine, _wall = await _measured(ours.walk)
        _, other, _wall = await _measured(theirs.walk)
        _, deep, _wall = await _measured(ours.walk_into_channels)
        cpu.append(other / mine)
        into.append(other / deep)
        our_cpu.append(mine / count * 1e6)
        their_cpu.append(other / count * 1e6)
        _, _cpu, mine = await _measured(ours.walk_to_csv)
        _, _cpu, other = await _measured(theirs.walk_to_csv)
        rows.append((mine, other))
    return {
        "walk_cpu_ratio": _median(cpu),
        "walk_into_channels_cpu_ratio": _median(into),
        "walk_us_per_row": _median(our_cpu),
        "novu_walk_us_per_row": _median(their_cpu),
        "csv_rows_ratio": _median([other / mine for mine, other in rows]),
        "csv_rows_per_s": _median([PAGES * ROWS_A_PAGE / mine for mine, _ in rows]),
    }


async def _tiny_calls(ours: Ours, theirs: Theirs, bare: Bare) -> dict[str, Any]:
    async def many(call: Work, times: int) -> int:
        for _ in range(times):
            await call()
        return times

    walls: list[float] = []
    cpus: list[float] = []
    novu: list[float] = []
    per_call: list[float] = []
    for turn in range(TURNS):  # short turns, so that a busy machine disturbs all alike
        _, low_cpu, low = await _measured(lambda: many(bare.unseen, CALLS))
        _, our_cpu, our = await _measured(lambda: many(ours.unseen, CALLS))
        walls.append(our / low)
        cpus.append(our_cpu / low_cpu)
        per_call.append(our / CALLS * 1e6)
        if turn % 5 == 0:
            _, _cpu, other = await _measured(lambda: many(theirs.unseen, CALLS))
            novu.append(other / low)
    return {
        "tiny_call_ratio": _median(walls),
        "tiny_call_cpu_ratio": _median(cpus),
        "tiny_call_us": _median(per_call),
        "novu_tiny_call_ratio": _median(novu),
    }


async def _fan_out(far: Ours) -> dict[str, Any]:
    async def fan() -> None:
        await asyncio.gather(*(far.unseen() for _ in range(FAN)))

    await fan()  # opens the connections
    ratios, walls = [], []
    for _ in range(ROUNDS):
        _, _cpu, one = await _measured(far.unseen)
        _, _cpu, all_of_them = await _measured(fan)
        ratios.append(all_of_them / one)
        walls.append(all_of_them * 1000)
    return {"fanout_latency_ratio": _median(ratios), "fanout_ms": _median(walls)}


async def _measured(work: Work) -> tuple[Any, float, float]:
    """Result, CPU seconds of this process, wall seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = await work()
    return result, time.process_time() - cpu, time.perf_counter() - wall


_NOTHING = "pass"
_OURS = "import api_client; api_client.SubscriberClient(api_client.ClientOptions('x'))"
_THEIRS = "import novu_py; novu_py.Novu(secret_key='x')"
_MEASURE = """
import time
begun = time.perf_counter()
{}
took = (time.perf_counter() - begun) * 1000
# Not ru_maxrss: it remembers the parent that this process was forked from.
lines = open("/proc/self/status").read().splitlines()
print(took, next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024)
"""


def _imports() -> dict[str, Any]:
    """Import and construct, each in a fresh process; memory above that of a bare interpreter."""
    times: dict[str, list[float]] = {}
    sizes: dict[str, list[float]] = {}
    for _ in range(7):
        for code in (_NOTHING, _OURS, _THEIRS, _OURS + ".subscribers", _THEIRS + ".subscribers"):
            took, size = _fresh(code)
            times.setdefault(code, []).append(took)
            sizes.setdefault(code, []).append(size)
    time_of = {code: statistics.median(found) for code, found in times.items()}
    floor = statistics.median(sizes[_NOTHING])
    size_of = {code: statistics.median(found) - floor for code, found in sizes.items()}
    ready, their_ready = _OURS + ".subscribers", _THEIRS + ".subscribers"
    return {
        "import_time_ratio": _round(time_of[_OURS] / time_of[_THEIRS]),
        "import_memory_ratio": _round(size_of[_OURS] / size_of[_THEIRS]),
        "import_ms": _round(time_of[_OURS]),
        "import_mb": _round(size_of[_OURS]),
        "ready_time_ratio": _round(time_of[ready] / time_of[their_ready]),
        "ready_memory_ratio": _round(size_of[ready] / size_of[their_ready]),
    }


def _fresh(code: str) -> tuple[float, float]:
    command = [sys.executable, "-c", _MEASURE.format(code)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    took, size = printed.split()
    return float(took), float(size)


def _median(values: list[float]) -> float:
    return _round(statistics.median(values))


def _round(value: float) -> float:
    return round(value, 3)
