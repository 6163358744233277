"""The one that says no: it knows the file's name, its limits and its deadline."""

from collections.abc import Callable
from time import process_time

from ..codes import CHANGED, TOO_LARGE, TOO_SLOW, Code
from ..problems import Place, Problem
from ..words import Word
from .limits import Limits


class Refused(Exception):
    """A file that cannot be read, or not safely; ``problem`` says why, its place is the path as it was given."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.code.name} {problem.place}: {problem.say()}")
        self.problem = problem


class Guard:
    """What every step of reading one file asks before it goes on."""

    def __init__(self, path: str, limits: Limits) -> None:
        self.path = path
        self.limits = limits
        self.changed: Callable[[], bool] = lambda: False
        """Whether the file was altered since it was opened; set once it is open."""
        self._deadline = process_time() + limits.seconds

    def refuse(self, code: Code, **facts: object) -> Refused:
        """Return the refusal to raise. A file altered meanwhile looks damaged in many ways, so that reason comes first."""
        if self.changed():
            code, facts = CHANGED, {}
        return Refused(Problem(code, Place(self.path), facts))

    def too_large(self, what: Word, limit: object) -> Refused:
        """Return the refusal of something that passes its limit."""
        return self.refuse(TOO_LARGE, what=what, limit=limit)

    def too_many_bytes(self, what: Word, limit: int) -> Refused:
        """Return the refusal of something longer than so many bytes."""
        return self.too_large(what, f"{limit >> 20} MB" if limit >> 20 else f"{limit} B")

    def check_time(self) -> None:
        """Raise ``Refused`` once the deadline is past."""
        if process_time() > self._deadline:
            raise self.refuse(TOO_SLOW, seconds=f"{self.limits.seconds:g}")

    def check_unchanged(self) -> None:
        """Raise ``Refused`` if the file was altered since it was opened."""
        if self.changed():
            raise self.refuse(CHANGED)
