"""An import at work: call after call within the rate budget, until no row is left or the job does not run.

Each call has the key `<job>-<chunk>` however often it goes out, so that nothing is done a second time.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from api_client import (
    ApiError,
    BulkOutcome,
    Forbidden,
    Integration,
    Invalid,
    KeyRejected,
    NotFound,
    OutcomeUnknown,
    RateLimited,
    ServerFault,
    StillRunning,
    TooLarge,
    Unreachable,
)
from dashboard.actions.import_calls import OF_ONE_ROW, ONCE, SAMPLE, differing, send_rows, set_credentials
from dashboard.actions.import_outcomes import Outcomes, named, outcomes
from dashboard.actions.waiting import BUSY_S, Sleep, wait_running
from dashboard.context import AppContext, Visit
from dashboard.jobs import Chunk, ImportRow, Job, RowState
from dashboard.jobs.import_shapes import Settled
from dashboard.refusals import Refusal

AT_ONCE = 3
COST = 100  # of the rate budget, a call
KEPT_FREE = 0.1  # of the rate limit, for people
PAUSES_S = (1.0, 3.0)  # before a call that found no server is repeated
NO_ANSWER = "No answer: it may have happened or not. Trying again is safe."
T = TypeVar("T")


class Halted(Exception):
    """The job was paused or cancelled while a call waited for its turn."""


class ImportRun:
    """One import under way. `most_rows` of a call; `sleep` is injected."""

    def __init__(self, ctx: AppContext, visit: Visit, job: Job, *, sleep: Sleep = asyncio.sleep) -> None:
        self.ctx, self.job, self.sleep = ctx, job, sleep
        self.visit = replace(visit, calls=ONCE)
        self.calls = ctx.jobs.calls
        self._turn = asyncio.Lock()
        self._is_warned = job.failed > 0
        self._integrations: Sequence[Integration] | None = None

    async def run(self) -> None:
        """Work until there is nothing left to do; however it ends, the job says how it stands."""
        try:
            await self.calls.cut(self.job.id, most_rows=self.ctx.settings.import_chunk)
            if await self.ctx.jobs.imports.has_credentials(self.job.id):
                self._integrations = await self._listed()
            async with asyncio.TaskGroup() as group:
                for _ in range(AT_ONCE):
                    group.create_task(self._work())
        finally:
            await self.ctx.jobs.end_run(self.job.id)
            await self.ctx.jobs.imports.forget(self.job.id)

    async def _work(self) -> None:
        while chunk := await self.calls.take(self.job.id):
            is_done = False
            try:
                is_done = await self._do(chunk)
            finally:
                if not is_done:
                    await self.calls.release(self.job.id, chunk)

    async def _do(self, chunk: Chunk) -> bool:
        """One call with what belongs to it; false when it has to go out again."""
        try:
            rows = [row for row in chunk.rows if row.body]
            if rows:
                await self._store(chunk, rows)
            await self._reach(chunk)
        except Halted:
            return False
        except (ApiError, Refusal) as error:
            return await self._troubled(chunk, error)
        await self.calls.over(self.job.id, chunk.number)
        return True

    async def _troubled(self, chunk: Chunk, error: ApiError | Refusal) -> bool:
        """What stands in the way of one call is said of its rows; of all calls, it pauses the job."""
        match error:
            case TooLarge():
                await self._split(chunk, {}, "this row is more than the server takes at once")
            case Invalid():
                told = error.detail.partition(": ")[2] or error.user_text
                await self._split(chunk, named(error), f"the server refused it: {told}")
            case OutcomeUnknown() | ServerFault():
                return await self._came_to_nothing(chunk, error)
            case Refusal() | Unreachable() | KeyRejected() | Forbidden() | NotFound():
                await self._pause(error.user_text)
                return False
            case _:
                await self._fail(chunk, error.user_text)
        return True

    # ---------------------------------------------------------------- the call

    async def _store(self, chunk: Chunk, rows: Sequence[ImportRow]) -> None:
        gesture = f"{self.job.id}-{chunk.number}"
        bodies = [row.body for row in rows]
        visit = replace(self.visit, gesture=gesture)

        async def send() -> BulkOutcome:
            return await send_rows(self.ctx, visit, job_id=self.job.id, rows=bodies)

        outcome = await self._repeated(lambda: self._in_turn(send))
        results = await outcomes(rows, outcome, differs=self._differs)
        await self._take_samples(rows, results)
        reach = {row.number for row in rows if row.reach and results[row.number][0] is RowState.DONE}
        over = [(number, *result) for number, result in results.items() if number not in reach]
        await self.calls.stored(self.job.id, over, sorted(reach))

    async def _in_turn(self, send: Callable[[], Awaitable[BulkOutcome]]) -> BulkOutcome:
        """While little of the rate budget is left, one call at a time; else several."""
        async with self._turn:
            await self._room(COST)
            budget = self.ctx.api.budget()
            if budget and budget.remaining < 2 * COST:
                return await send()
        return await send()

    async def _differs(self, row: ImportRow) -> bool:
        return bool(await self._repeated(lambda: differing(self.ctx, row, options=ONCE)))

    async def _repeated(self, call: Callable[[], Awaitable[T]]) -> T:
        """The same call under the same key: after the rate limit as often as it takes, else twice more."""
        pauses = list(PAUSES_S)
        while True:
            try:
                return await call()
            except (RateLimited, StillRunning) as busy:
                await self._wait(busy.retry_after or BUSY_S)
            except (Unreachable, OutcomeUnknown, ServerFault):
                if not pauses:
                    raise
                await self._wait(pauses.pop(0))

    async def _room(self, cost: int) -> None:
        """Wait until the budget, as last heard of, allows `cost` and leaves something to people."""
        while budget := self.ctx.api.budget():
            if budget.reset_s <= 0 or budget.remaining - cost >= budget.limit * KEPT_FREE:
                return
            await self._wait(budget.reset_s)

    async def _wait(self, seconds: float) -> None:
        """Raises Halted as soon as the job does not run here any more."""
        if not await wait_running(self.ctx, self.job.id, seconds, sleep=self.sleep):
            raise Halted

    async def _go_on(self) -> None:
        if not await self.ctx.jobs.leases.is_running(self.job.id):
            raise Halted

    # ------------------------------------------------------------ what came of it

    async def _take_samples(self, rows: Sequence[ImportRow], results: Outcomes) -> None:
        """Read one row of the call back; what does not match is said, and the first such stops the job."""
        stored = [row for row in rows if results[row.number][0] is RowState.DONE]
        if not stored:
            return
        row = stored[len(stored) // 2]
        try:
            wrong = await differing(self.ctx, row, options=SAMPLE)
        except ApiError:
            return  # the call itself was answered; a sample that cannot be read says nothing about it
        if wrong:
            names = ", ".join(wrong)
            note = f"Line {row.line:,}: the server took it, but read back it holds something else in: {names}"
            results[row.number] = RowState.FAILED, note
            if not self._is_warned:
                self._is_warned = True
                await self._pause(f"{note}. Go on if that is as it should be.")

    # ------------------------------------------------------------------ credentials

    async def _reach(self, chunk: Chunk) -> None:
        for row in chunk.rows:
            if not row.reach:
                continue
            await self._go_on()
            await self.calls.settle(self.job.id, [(row.number, *await self._reached(row))])

    async def _reached(self, row: ImportRow) -> tuple[RowState, str]:
        visit = replace(self.visit, gesture=f"{self.job.id}-r{row.number}-{row.tries}")
        while True:
            try:
                dropped = await set_credentials(self.ctx, visit, row, self._integrations)
            except RateLimited as busy:
                await self._wait(busy.retry_after or BUSY_S)
            except (Unreachable, KeyRejected):
                raise
            except OutcomeUnknown:
                return RowState.FAILED, f"Line {row.line:,}: {NO_ANSWER}"
            except (ApiError, *OF_ONE_ROW) as error:
                return RowState.FAILED, f"Line {row.line:,}: {error.user_text}"
            else:
                if dropped:
                    names = ", ".join(dropped)
                    return RowState.FAILED, f"Line {row.line:,}: the server did not keep {names}"
                return RowState.DONE, "stored, with credentials"

    async def _listed(self) -> Sequence[Integration] | None:
        """The environment's integrations; None where the key may not list them."""
        try:
            return await self.ctx.reader.integrations.list()
        except ApiError:
            return None

    # --------------------------------------------------------------- what went wrong

    async def _split(self, chunk: Chunk, named: Mapping[int, str], reason: str) -> None:
        """Rows that the server names are refused; otherwise the call is halved until they are alone."""
        sent = [row for row in chunk.rows if row.body]
        guilty = {sent[index].number: text for index, text in named.items() if index < len(sent)}
        if len(sent) == 1 and not guilty:
            guilty = {sent[0].number: reason}
        lines = {row.number: row.line for row in chunk.rows}
        refused: list[Settled] = [
            (number, RowState.REFUSED, f"Line {lines[number]:,}: {text}") for number, text in guilty.items()
        ]
        rest = [row.number for row in chunk.rows if row.number not in guilty]
        half = (len(rest) + 1) // 2
        parts = [rest] if guilty else [rest[:half], rest[half:]]
        await self.calls.split(self.job.id, chunk.number, [part for part in parts if part], refused)

    async def _came_to_nothing(self, chunk: Chunk, error: ApiError) -> bool:
        """Once it stops the job, and goes out again as it was. Then its rows have failed for good."""
        if chunk.faults:
            await self._fail(chunk, NO_ANSWER)
            return True
        await self._pause(error.user_text)
        await self.calls.release(self.job.id, chunk, after_fault=True)
        return True

    async def _fail(self, chunk: Chunk, reason: str) -> None:
        results = [(row.number, RowState.FAILED, f"Line {row.line:,}: {reason}") for row in chunk.rows]
        await self.calls.settle(self.job.id, results)
        await self.calls.over(self.job.id, chunk.number)

    async def _pause(self, reason: str) -> None:
        await self.ctx.jobs.pause_run(self.job.id, reason)
