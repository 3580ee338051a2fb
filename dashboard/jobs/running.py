"""The tasks of this process that work on jobs: one a job, held until it ends."""

import asyncio
from collections.abc import Coroutine, Sequence

from dashboard.refusals import Refusal

PATIENCE_S = 5.0  # for the calls of a job that was paused, when it is to go on


class StillFinishing(Refusal):
    """The job was paused a moment ago, and calls of it are still out."""

    def __init__(self) -> None:
        super().__init__("The last calls of this job are still under way. Try again in some seconds.")


class RunningHere:
    """`beginning` is held from setting a job running until its task is here, so that no job gets two."""

    def __init__(self) -> None:
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self.is_stopping = False
        self.beginning = asyncio.Lock()

    @property
    def job_ids(self) -> Sequence[str]:
        """The jobs that a task works on."""
        return list(self._tasks)

    def holds(self, job_id: str) -> bool:
        """Whether a task works on the job."""
        return job_id in self._tasks

    def start(self, job_id: str, work: Coroutine[None, None, None]) -> None:
        """Work on a job from now on."""
        task = asyncio.create_task(work)  # noqa: TID251 - held here until it ends
        self._tasks[job_id] = task
        task.add_done_callback(lambda done: self._let_go(job_id, done))

    async def drain(self, job_id: str) -> None:
        """Two runs of a job at once would fall over each other. Raises StillFinishing if one does not end."""
        earlier = self._tasks.get(job_id)
        if earlier and (await asyncio.wait([earlier], timeout=PATIENCE_S))[1]:
            raise StillFinishing

    async def join(self) -> None:
        """Wait until nothing runs any more."""
        await asyncio.gather(*self._tasks.values())

    async def stop(self) -> None:
        """Break off what runs; another replica goes on with it, or it can be resumed."""
        self.is_stopping = True
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _let_go(self, job_id: str, task: asyncio.Task[None]) -> None:
        if self._tasks.get(job_id) is task:
            del self._tasks[job_id]
