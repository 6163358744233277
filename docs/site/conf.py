"""The site: every document of the project as it stands, and the Python API. ``python make.py site`` makes it."""

import re
import sys
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.search import SearchLanguage

HERE = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(HERE))

from factory_crm import __version__  # noqa: E402 - only now can it be found

project, author, copyright = "factory_crm", "factory_crm contributors", "factory_crm contributors"  # noqa: A001 - Sphinx's name for it
version = release = __version__
extensions = ["myst_parser", "sphinx.ext.autodoc"]

# The documents link to one another as they lie in the repository, so the repository is the source.
root_doc = "README.zh-CN"
include_patterns = ["*.md", "docs/**.md"]
exclude_patterns = [
    ".*",
    "build",
    "dist",
    "demo",
    "site",
    "factory_crm",
    "tests",
    "workbooks",
    "templates",
    "benchmarks",
]
suppress_warnings = ["toc.not_included"]  # the pages of the codes are reached from their table
myst_heading_anchors = 4
nitpicky = False

autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_default_options = {"members": True, "imported-members": True, "show-inheritance": False}

language = "zh_CN"
html_theme = "furo"
html_title = f"factory_crm {__version__}"
html_search_language = "zh"
html_additional_pages = {"index": "start.html"}
html_copy_source = html_show_sphinx = html_show_copyright = False
templates_path = ["templates"]

CONTENTS = """
```{toctree}
:hidden:
:caption: 中文
docs/guide.zh-CN
docs/summary.zh-CN
docs/metrics.zh-CN
docs/contract.zh-CN
docs/contract-full.zh-CN
docs/live-checks.zh-CN
docs/codes.zh-CN
docs/factory.zh-CN
docs/library.zh-CN
docs/scaling.zh-CN
docs/peers.zh-CN
docs/versioning.zh-CN
```
```{toctree}
:hidden:
:caption: English
README
docs/guide
docs/summary
docs/metrics
docs/contract
docs/contract-full
docs/live-checks
docs/codes
docs/factory
docs/library
docs/scaling
docs/peers
docs/versioning
```
```{toctree}
:hidden:
:glob:
:caption: 开发 · Development
docs/commands
docs/api
docs/tour
CONTRIBUTING
CHANGELOG
SECURITY
docs/decisions/*
```
"""


class Chinese(SearchLanguage):
    """Finds Chinese without a dictionary: every pair of characters, and whole runs, of which a part may be asked for."""

    lang, language_name = "zh", "Chinese"
    _RUN = re.compile(r"[\u3400-\u9fff]+|[a-zA-Z0-9_]+")

    def split(self, text: str) -> list[str]:
        """Return the words of a text that can be searched for."""
        runs = self._RUN.findall(text)
        return [*runs, *(run[at : at + 2] for run in runs if not run.isascii() for at in range(len(run) - 1))]

    def stem(self, word: str) -> str:
        """Return the word: Chinese has no endings."""
        return word.lower()

    def word_filter(self, word: str) -> bool:
        """Return whether a word is worth finding."""
        return len(word) > 1


def add_contents(app: Sphinx, page: str, source: list[str]) -> None:
    """Give the first page the contents that it needs as a site, and not as a file."""
    if page == root_doc:
        source[0] += CONTENTS


def setup(app: Sphinx) -> None:
    """Tell Sphinx of both."""
    app.add_search_language(Chinese)
    app.connect("source-read", add_contents)
