"""The guard of one file: its name, its limits and its deadline; it raises the refusals."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import thread_time

from ..i18n.translate import LazyText
from ..problems.codes import CHANGED, TOO_LARGE, TOO_SLOW
from ..problems.declare import Declared, P, Words
from ..problems.problem import Location, Problem
from .limits import ReaderLimits


class Refused(Exception):
    """A file that cannot be read, or not safely; ``problem`` says why, its place is the path as it was given."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.code.name} {problem.location}: {problem.message()}")
        self.problem = problem


class Guard:
    """What every step of reading one file asks before it goes on."""

    def __init__(self, path: str, limits: ReaderLimits) -> None:
        self.path = path
        self.limits = limits
        self.changed: Callable[[], bool] = lambda: False
        """Whether the file was altered since it was opened; set once it is open."""
        self._spent = self._since = 0.0

    def refuse(self, code: Declared[P], /, *args: P.args, **params: P.kwargs) -> Refused:
        """Return the refusal to raise. A file altered meanwhile looks damaged in many ways, so that reason comes first."""
        if self.changed():
            return Refused(CHANGED(Location(self.path)))
        return Refused(code(Location(self.path), *args, **params))

    def too_large(self, what: LazyText, limit: Words) -> Refused:
        """Return the refusal of something that passes its limit."""
        return self.refuse(TOO_LARGE, what=what, limit=limit)

    def too_many_bytes(self, what: LazyText, limit: int) -> Refused:
        """Return the refusal of something longer than so many bytes."""
        return self.too_large(what, f"{limit >> 20} MB" if limit >> 20 else f"{limit} B")

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Count the time of what is done within towards the deadline; what others do with the rows does not count."""
        self._since = thread_time()
        try:
            yield
        finally:
            self._spent += thread_time() - self._since

    def check_time(self) -> None:
        """Raise ``Refused`` once the deadline is past; asked while ``reading``."""
        if self._spent + thread_time() - self._since > self.limits.seconds:
            raise self.refuse(TOO_SLOW, seconds=f"{self.limits.seconds:g}")

    def check_unchanged(self) -> None:
        """Raise ``Refused`` if the file was altered since it was opened."""
        if self.changed():
            raise self.refuse(CHANGED)
