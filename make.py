"""One way in, on any machine with Python 3.11 or newer (Linux, macOS, Windows).

    python make.py demo    make templates, fill them, check them, merge them; says where the summary is
    python make.py test    the tests a change has to pass
    python make.py lint    style, types, layers, workflows, generated files in step
    python make.py slow    the long suites
    python make.py long    the longest counts, by hand: they tell what hardly ever happens
    python make.py docs    write the generated files anew
    python make.py site    the documents and the Python API as a site, into site/
    python make.py build   sdist and wheel into dist/, looked over, installed elsewhere and used

Words after the verb go to its last command: `python make.py test -k merge`.
It keeps a virtual environment in .venv, brings it up to date when pyproject.toml or constraints.txt
has changed, and needs nothing but the standard library.
"""

import hashlib
import importlib.util
import os
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

# An older Python must get as far as this sentence, so this file keeps to syntax it can read (no walrus, no match).
if sys.version_info < (3, 11):
    sys.exit(f"factory_crm needs Python 3.11 or newer; this is {sys.version_info[0]}.{sys.version_info[1]}.")

HERE = Path(__file__).resolve().parent
HOME = HERE / ".venv"
PYTHON = HOME / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = HOME / "installed"


class Verb(NamedTuple):
    """What a verb runs in .venv, one after the other until one fails, and the groups it needs beside the runtime."""

    commands: tuple[str, ...]
    groups: tuple[str, ...] = ()


FORMS = " ".join(f".github/ISSUE_TEMPLATE/{form}.yml" for form in ("problem", "idea", "question"))
VERBS = {
    "demo": Verb(("-m factory_crm demo",)),
    "test": Verb(("-m pytest -n auto",), ("test",)),
    "lint": Verb(
        (
            "-m ruff check",
            "-m ruff format --check",
            "-m mypy",
            "lint-imports",
            "jactionlint --no-hints",
            f"check-jsonschema --builtin-schema vendor.github-issue-forms {FORMS}",
            "check-jsonschema --builtin-schema vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml",
            "check-jsonschema --builtin-schema vendor.citation-file-format --default-filetype yaml CITATION.cff",
            "-m tests.generated --check",
        ),
        ("test", "lint"),
    ),
    "slow": Verb(("-m pytest -n auto -m slow",), ("test",)),
    "long": Verb(("-m pytest -n auto -m long",), ("test",)),
    "docs": Verb(("-m tests.generated",), ("test", "lint")),
    "site": Verb(
        ("-m sphinx --quiet --fail-on-warning --fresh-env --write-all -c docs/site . site", "-m tests.site"), ("site",)
    ),
    "build": Verb(("-m tests.wheel",), ("build",)),
}


def main(verb: str = "", *extra: str) -> int:
    """Run a verb; return the exit code of the first command that failed, or 0."""
    if verb not in VERBS:
        print(__doc__)
        return 2
    commands, groups = VERBS[verb]
    with alone():
        install(groups)
    for command in commands:
        words = [*command.split(), *(extra if command is commands[-1] else ())]
        program = [PYTHON] if words[0] == "-m" else [PYTHON.with_name(words.pop(0))]
        code = subprocess.call([*program, *words], cwd=HERE)
        if code:
            return code
    return 0


def install(groups: tuple[str, ...]) -> None:
    """Bring .venv up to what the project's files ask for; groups once there stay."""
    asked = fingerprint()
    before, *there = STAMP.read_text("utf-8").split() if STAMP.exists() else [""]
    if before != asked or not PYTHON.exists():
        there = []
        create()
    elif set(groups) <= set(there):
        return
    print(f"Installing into {HOME} ...", flush=True)
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "-c", "constraints.txt"]
    wanted = ["--editable=.", *(f"--group={group}" for group in groups)]
    try:
        subprocess.run([*pip, "pip"], cwd=HERE, check=True)
        subprocess.run([*pip, "--build-constraint=constraints.txt", *wanted], cwd=HERE, check=True)
    except subprocess.CalledProcessError:
        sys.exit("Installing did not succeed, pip says why above. Only .venv was touched: run the same command again.")
    STAMP.write_text(" ".join([asked, *sorted({*there, *groups})]), "utf-8")


def fingerprint() -> str:
    """Return what .venv depends on, as one short word."""
    files = [(HERE / name).read_bytes() for name in ("pyproject.toml", "constraints.txt")]
    return hashlib.sha256(b"\0".join([*files, repr(sys.version_info[:2]).encode()])).hexdigest()


def create() -> None:
    """Make .venv, or finish and refresh the one that is there."""
    if importlib.util.find_spec("ensurepip") is None:
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        sys.exit(f"This Python cannot make virtual environments. Run: sudo apt-get install -y {package}")
    venv.create(HOME, with_pip=True, clear=not PYTHON.exists())


@contextmanager
def alone() -> Iterator[None]:
    """Let one make.py at a time touch .venv; the system frees the lock of one that died."""
    with (HERE / ".make.lock").open("a") as lock:
        if sys.platform == "win32":
            import msvcrt

            while True:
                try:
                    msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
                    break
                except OSError:
                    time.sleep(0.5)
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
