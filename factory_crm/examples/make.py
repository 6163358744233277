"""Make the example workbooks: good ones to merge, a bad one to check, the card this toolkit began with."""

from pathlib import Path

from .. import crm
from . import mistakes
from .data import offices
from .fill import fill
from .seed import write_seed

GOOD, BAD = "good", "bad"
MONTH = "2024-06"
BAD_NAME, SEED_NAME = "有错误的示例.xlsx", "种子示例_单客户卡.xlsx"


def make_examples(folder: Path) -> list[Path]:
    """Write the example workbooks into the subfolders ``good`` and ``bad``; return their paths."""
    schema = crm.schema()
    made = []
    for office in offices():
        made.append(folder / GOOD / (office.name + "_" + MONTH + ".xlsx"))
        fill(made[-1], office.rows, office.cover, schema)
    made.append(folder / GOOD / SEED_NAME)
    write_seed(made[-1])
    made.append(folder / BAD / BAD_NAME)
    fill(made[-1], mistakes.rows(), mistakes.COVER, schema)
    return made
