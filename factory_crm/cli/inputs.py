"""What the options mean: the workbooks, the schema, the office; ends in 2 where there is no such thing."""

from collections.abc import Sequence
from pathlib import Path

from .. import crm
from ..api.inputs import Workbooks
from ..i18n.translate import Language, TextList, translate
from ..reading.access import Passwords
from ..reading.folder import WorkbookFile
from ..schema.workbook import WorkbookSchema
from .console import stop


def workbooks_of(paths: Sequence[Path], passwords: Passwords, language: Language) -> Workbooks:
    """Return the workbooks meant by the paths."""
    try:
        return Workbooks(paths, passwords)
    except FileNotFoundError:
        stop(translate("× 没有找到工作簿：{paths}", language, paths=TextList(map(str, paths))))


def schema_by(
    config: Path | None, edition: str | None, language: Language, files: Sequence[WorkbookFile] = ()
) -> WorkbookSchema:
    """Return the schema that was asked for.

    Where nothing was asked for, the files say by their stamp which edition they are.
    """
    if config is None:
        return crm.schema(edition or _edition_of(files))
    found = crm.load(config, edition)
    if isinstance(found, list):
        told = [f"× {p.location}\n  {p.message(language)}\n  {p.hint(language)}" for p in found]
        stop("\n".join([*told, translate("设定文件有 {n} 处要改", language, n=len(told))]))
    return found


def _edition_of(files: Sequence[WorkbookFile]) -> str:
    from ..reading.peek import stamped
    from ..schema.stamp import PROPERTY_PREFIX

    found = stamped((file.path for file in files), PROPERTY_PREFIX)
    others = (text for text in found if crm.schema().fingerprint not in text)  # seldom any: then full need not be made
    return "full" if any(crm.schema("full").fingerprint in text for text in others) else "basic"


def office_of(office: str, schema: WorkbookSchema, language: Language) -> str:
    """Return the office as it is listed, where offices are listed."""
    names = [one.name for one in schema.offices]
    if office and names and office not in names:
        stop(translate("× 没有这个单位：{office}。现有：{names}", language, office=office, names=TextList(names)))
    return office
