"""The package as people will get it: ``python -m tests.wheel`` builds it, looks it over, installs it elsewhere and uses it.

It needs the group ``build``. What was built lies in ``dist`` in the end.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
DIST = HERE / "dist"


def main() -> None:
    """Build the sdist, from it the wheel, and hold both to what is promised of them."""
    shutil.rmtree(DIST, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="outside-") as folder:
        place = Path(folder)
        told("sdist, and the wheel from it", build, "--outdir", DIST)
        told("the wheel from the checkout", build, "--wheel", "--outdir", place / "direct")
        wheel, direct = only(DIST, "*.whl"), only(place / "direct", "*.whl")
        if contents(wheel) != contents(direct):
            sys.exit(f"The sdist makes another wheel: {difference(wheel, direct)}")
        told("metadata", run, sys.executable, "-m", "twine", "check", "--strict", *sorted(DIST.iterdir()))
        told("install into an empty environment", install, place / "env", wheel)
        told("use it", smoke, place / "env", place / "empty", wheel.name.split("-")[1])


def build(*arguments: object) -> None:
    """Build in an environment of its own, with the pinned backend."""
    pinned = {"PIP_CONSTRAINT": str(HERE / "constraints.txt"), "PIP_BUILD_CONSTRAINT": str(HERE / "constraints.txt")}
    run(sys.executable, "-m", "build", *arguments, HERE, env=os.environ | pinned)


def install(env: Path, wheel: Path) -> None:
    """Install the wheel and what it asks for, at the pinned versions, where nothing else is."""
    venv.create(env, with_pip=False)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", program(env, "python")]
    run(*pip, "install", "--quiet", "--no-compile", "-c", HERE / "constraints.txt", wheel)
    run(*pip, "check")


def smoke(env: Path, empty: Path, version: str) -> None:
    """Make templates, check and merge in both languages, in a folder that holds nothing."""
    command = program(env, "factory-crm")
    empty.mkdir()
    if version not in run(command, "--version", cwd=empty):
        sys.exit(f"factory-crm --version does not say {version}")
    where = run(program(env, "python"), "-c", "import factory_crm; print(factory_crm.__file__)", cwd=empty)
    if not Path(where.strip()).is_relative_to(env.resolve()):
        sys.exit(f"The checkout was used instead of the wheel: {where}")
    examples = "from pathlib import Path; from factory_crm.examples.make import make_examples; make_examples(Path())"
    run(program(env, "python"), "-c", examples, cwd=empty)
    books = sorted((empty / "good").iterdir())
    for language in ("zh", "en"):
        blank, summary = f"{language}.xlsx", f"{language}-summary.xlsx"
        run(command, "template", "-o", blank, "--lang", language, "--rows", "20", cwd=empty)
        run(command, "validate", blank, books[0], "--lang", language, cwd=empty)
        run(command, "merge", *books[:2], "-o", summary, "--lang", language, cwd=empty)
        if not zipfile.is_zipfile(empty / summary):
            sys.exit(f"{summary} is no workbook")


def told(what: str, deed: Callable[..., object], *arguments: object) -> None:
    """Say what is done and how long it took."""
    begun = time.monotonic()
    deed(*arguments)
    sys.stdout.write(f"{what}: {time.monotonic() - begun:.0f} s\n")
    sys.stdout.flush()


def run(*words: object, cwd: Path = HERE, env: dict[str, str] | None = None) -> str:
    """Run a program and return what it said; end with all of it if it failed."""
    given = {name: value for name, value in (env or os.environ).items() if name != "PYTHONPATH"}
    given["PYTHONUTF8"] = "1"
    command = [str(word) for word in words]
    ran = subprocess.run(command, cwd=cwd, env=given, capture_output=True, encoding="utf-8", check=False)
    if ran.returncode:
        sys.exit(f"{' '.join(command)}\nended with {ran.returncode}\n{ran.stdout}{ran.stderr}")
    return ran.stdout


def program(env: Path, name: str) -> Path:
    """Return a program of an environment."""
    return env / ("Scripts" if os.name == "nt" else "bin") / (f"{name}.exe" if os.name == "nt" else name)


def only(folder: Path, pattern: str) -> Path:
    """Return the one file of that form."""
    (found,) = folder.glob(pattern)
    return found


def contents(wheel: Path) -> dict[str, bytes]:
    """Return every file of a wheel."""
    with zipfile.ZipFile(wheel) as parts:
        return {name: parts.read(name) for name in sorted(parts.namelist())}


def difference(one: Path, other: Path) -> str:
    """Return the names of the files that two wheels do not share."""
    ours, theirs = contents(one), contents(other)
    return ", ".join(sorted(name for name in {*ours, *theirs} if ours.get(name) != theirs.get(name)))


if __name__ == "__main__":
    main()
