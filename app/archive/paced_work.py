"""Work on many files in two threads, with true byte counts reported from the calling thread."""

import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from app.models.archive_package import Progress, ProgressReport

Job = TypeVar("Job")
Result = TypeVar("Result")

Tick = Callable[[int], None]
"""Called by a worker with the bytes that are now really done; raises when the work was stopped."""


class StoppedError(Exception):
    """Raised inside a worker when another worker failed or the person cancelled."""


class Pace:
    """Counts the bytes of one long job over its stages, `total` in all."""

    def __init__(self, total: int, report: ProgressReport | None) -> None:
        self._total, self._report, self._done = total, report, 0

    def tell(self, stage: str, count: int = 0) -> None:
        """Add bytes and report; whatever the report raises goes to the caller."""
        self._done += count
        if self._report is not None:
            self._report(Progress(stage, min(self._done, self._total), self._total))

    def run(
        self, stage: str, jobs: Sequence[Job], work: Callable[[Job, Tick], Result], workers: int = 2
    ) -> list[Result]:
        """Do every job, in order of start, and return the results in the order of the jobs.

        The first error, of a worker or of the report, stops the others and is raised when no thread works any more.
        """
        stop = threading.Event()
        counts: queue.SimpleQueue[int] = queue.SimpleQueue()

        def tick(count: int) -> None:
            if stop.is_set():
                raise StoppedError
            if count:
                counts.put(count)

        def one(job: Job) -> Result:
            try:
                tick(0)
                return work(job, tick)
            except BaseException:
                stop.set()
                raise
            finally:
                counts.put(-1)

        self.tell(stage)
        with ThreadPoolExecutor(workers, thread_name_prefix=f"archive-{stage}") as pool:
            futures: list[Future[Result]] = []
            try:
                futures = [pool.submit(one, job) for job in jobs]
                self._listen(stage, counts, len(futures), stop)
            except BaseException:
                stop.set()
                pool.shutdown(wait=True, cancel_futures=True)
                raise
        failures = [error for future in futures if (error := future.exception()) is not None]
        for error in failures:
            if not isinstance(error, StoppedError):
                raise error
        return [future.result() for future in futures]

    def _listen(self, stage: str, counts: "queue.SimpleQueue[int]", waiting: int, stop: threading.Event) -> None:
        while waiting:
            batch = [counts.get()]
            while not counts.empty():
                batch.append(counts.get())
            waiting -= batch.count(-1)
            read = sum(count for count in batch if count > 0)
            if read and not stop.is_set():
                self.tell(stage, read)
