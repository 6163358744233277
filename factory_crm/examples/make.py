"""Make the example workbooks: good ones to merge, a bad one to check, the card this toolkit began with."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from ..contract.contract import Contract, standard
from ..template.workbook import write_template
from . import mistakes
from .data import offices
from .fill import fill
from .results import Rows
from .seed import write_seed

GOOD, BAD = "good", "bad"
MONTH = "2024-06"
BAD_NAME, SEED_NAME = "有错误的示例.xlsx", "种子示例_单客户卡.xlsx"
_SPARE_ROWS = 50


def make_examples(folder: Path) -> list[Path]:
    """Write the example workbooks into the subfolders ``good`` and ``bad``; return their paths."""
    contract = standard()
    made = []
    for office in offices():
        made.append(folder / GOOD / (office.name + "_" + MONTH + ".xlsx"))
        _make(made[-1], office.rows, office.cover, contract)
    made.append(folder / GOOD / SEED_NAME)
    write_seed(made[-1])
    made.append(folder / BAD / BAD_NAME)
    _make(made[-1], mistakes.rows(), mistakes.COVER, contract)
    return made


def _make(target: Path, rows: Rows, cover: Mapping[str, str], contract: Contract) -> None:
    """Make a template with room enough and fill it."""
    with TemporaryDirectory() as scratch:
        template = Path(scratch, "template.xlsx")
        room = max(map(len, rows.values())) + _SPARE_ROWS
        write_template(template, contract, rows=room, office=cover["office"])
        fill(template, target, rows, cover, contract)
