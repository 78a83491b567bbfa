"""What a scheme could not count, gathered while it counts, so that nothing is silently zero."""

from __future__ import annotations

from collections import Counter

from healthcheck.core.workload.results import Missing


class Gaps:
    """Sentences about what is missing, each once, with whom and which cases it is about."""

    def __init__(self) -> None:
        self.noted = 0
        self._found: dict[str, tuple[dict[str, None], list[str]]] = {}
        self._unallocated: Counter[str] = Counter()

    def note(self, sentence: str, worker_id: str | None, case_id: str | None = None) -> None:
        """Note that something could not be counted for a worker (None: nobody's) or a case."""
        self.noted += 1
        workers, cases = self._found.setdefault(sentence, ({}, []))
        if worker_id is None:
            self._unallocated[sentence] += 1
        else:
            workers[worker_id] = None
        if case_id is not None:
            cases.append(case_id)

    def missing(self) -> tuple[Missing, ...]:
        """Return all of it, in the order it was found."""
        return tuple(
            Missing(sentence, tuple(workers), tuple(cases), self._unallocated[sentence])
            for sentence, (workers, cases) in self._found.items()
        )
