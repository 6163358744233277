"""The site asks for nothing from elsewhere and names no address to go to: ``python -m tests.site`` looks through it."""

import re
import sys
from pathlib import Path

SITE = Path(__file__).resolve().parents[1] / "site"
_LEADS_AWAY = re.compile(r"""\b(?:src|href|action|content|data)=["']?\s*(?:https?:)?//[^"'\s>]+""")
_LOADS = re.compile(r"""(?:url\(|@import\s+)["']?\s*(?:https?:)?//[^"')\s]+""")


def leading_away(site: Path) -> list[str]:
    """Return every place of the site that leads or reaches out of it."""
    forms = {".html": _LEADS_AWAY, ".css": _LOADS}
    pages = [path for path in sorted(site.rglob("*")) if path.suffix in forms]
    return [f"{page.relative_to(site)}: {found}" for page in pages for found in forms[page.suffix].findall(text(page))]


def text(page: Path) -> str:
    """Return what stands in a page."""
    return page.read_text("utf-8")


if __name__ == "__main__":
    if found := leading_away(SITE):
        sys.exit("The site leads away:\n" + "\n".join(found))
    sys.stdout.write(f"{SITE / 'index.html'}: {len(list(SITE.rglob('*.html')))} pages\n")
