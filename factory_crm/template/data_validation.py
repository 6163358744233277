"""Excel's own validation of a column: what it lets in, and what it says before and after.

A blank that a formula or a list refers to would make Excel accept anything if blanks were ignored: they never are there.
"""

from typing import Any

from ..i18n.translate import LIST_SEPARATOR, LazyText, translate
from ..schema.column import Column
from ..schema.rule import RuleCondition
from ..xlsx.limits import LONGEST_MESSAGE, LONGEST_TITLE
from ..xlsx.text import units
from .entry_condition import LATEST, entry_condition, entry_rules, is_unique
from .page import EntryPage, choices_name, group_names, list_name
from .requirement import example, picks, requirement

DataValidation = dict[str, Any]
"""Options of XlsxWriter's ``data_validation``."""


def guard(page: EntryPage, column: Column) -> DataValidation:
    """Return the validation of a column's prepared cells."""
    if column.automatic:
        return automatic_guard(page, translate("此列由公式自动得出，不用填。", page.language))
    return {**_test(page, column), **_before(page, column), **_after(page, column)}


def automatic_guard(page: EntryPage, message: str) -> DataValidation:
    """Return the validation of cells that nobody should type into."""
    title = fitted(translate("自动列", page.language), LONGEST_TITLE)
    return {
        "validate": "custom",
        "value": "=FALSE",
        "ignore_blank": False,
        "input_title": title,
        "input_message": fitted(message, LONGEST_MESSAGE),
        "error_title": title,
        "error_message": translate("此列由公式自动得出，请按 Esc 取消。", page.language),
    }


def fitted(text: str, longest: int) -> str:
    """Return the text, cut to that many UTF-16 units."""
    while units(text) > longest:
        text = text.removesuffix("…")[:-1] + "…"
    return text


def _test(page: EntryPage, column: Column) -> DataValidation:
    if picks(page, column):
        return _list(page, column)
    if column.column_type.multiple or not (condition := entry_condition(page, column)):
        return {"validate": "any"}
    plain = {} if is_unique(page, column) or entry_rules(page, column) else _plain(column)
    return plain or {"validate": "custom", "value": condition, "ignore_blank": False}


def _list(page: EntryPage, column: Column) -> DataValidation:
    if column.references:
        return {"validate": "list", "source": f"={list_name(column.references)}", "ignore_blank": False}
    suggested = page.schema.choices_of(column).open_list
    return {"validate": "list", "source": f"={_offered(page, column)}", "show_error": not suggested}


def _offered(page: EntryPage, column: Column) -> str:
    """Return the source of a drop-down: the whole list, or the group of the value chosen in the column it depends on."""
    choices_range = choices_name(column.choices)
    if not column.depends_on:
        return choices_range
    above, (deciding, members) = page.at(column.depends_on), group_names(column.choices)
    position = f"MATCH({above},{deciding},0)"
    return f"IF(ISNUMBER({position}),OFFSET({members},{position}-1,0,COUNTIF({deciding},{above}),1),{choices_range})"


def _plain(column: Column) -> DataValidation:
    """Return the validation that Excel has a type of its own for, empty where it has none."""
    limits, basis = column.limits, column.column_type.base_type
    if basis == "day":
        return {"validate": "date", "criteria": "between", "minimum": column.column_type.earliest, "maximum": LATEST}
    if basis == "number" and not column.column_type.scale and {"ge", "le"} <= limits.keys():
        return {"validate": "integer", "criteria": "between", "minimum": limits["ge"], "maximum": limits["le"]}
    if basis == "text" and "pattern" not in limits and not column.column_type.warn_only and "max_length" in limits:
        return {"validate": "length", "criteria": "<=", "value": limits["max_length"]}
    return {}


def _before(page: EntryPage, column: Column) -> DataValidation:
    """Return the input message, shown while the cell is selected."""
    language = page.language
    texts = [translate(column.hint, language), "" if column.references and column.hint else _wanted(page, column)]
    shown = example(column, language)
    if column.column_type.multiple:
        texts.append(
            LIST_SEPARATOR[language].join(translate(value, language) for value in page.schema.choices_of(column).values)
        )
    elif shown and shown not in texts[-1] and not picks(page, column):
        texts.append(translate("例：{example}", language, example=shown))
    title = f"{translate(column.header, language)} {translate(requirement(column).sign, language)}"
    message = fitted("\n".join(filter(None, texts)), LONGEST_MESSAGE)
    return {"input_title": fitted(title, LONGEST_TITLE), "input_message": message}


def _after(page: EntryPage, column: Column) -> DataValidation:
    """Return the error message, shown for an entry that is refused or let in with a warning."""
    language = page.language
    texts = [_wanted(page, column)]
    if column.references and picks(page, column):
        title = LazyText(page.schema.sheet(column.references).title)
        texts.insert(0, translate("这个编号还没有登记在「{title}」里", language, title=title))
    if is_unique(page, column):
        texts.append(translate("不能与已有的编号重复", language))
    texts += [
        RuleCondition(rule.expression, page.sheet.headers()).in_language(language) for rule in entry_rules(page, column)
    ]
    if _style(page, column) == "warning":
        texts.append(translate("确定要保留吗？", language))
    return {
        "error_title": fitted(translate("请检查{header}", language, header=LazyText(column.header)), LONGEST_TITLE),
        "error_message": fitted("\n".join(texts), LONGEST_MESSAGE),
        "error_type": _style(page, column),
    }


def _wanted(page: EntryPage, column: Column) -> str:
    """Return what to fill in, in words."""
    if picks(page, column):
        suggested = page.schema.choices_of(column).open_list
        return translate("从下拉列表里选，也可以填别的" if suggested else "从下拉列表里选", page.language)
    if column.column_type.base_type == "text" and _plain(column):
        return translate("最多 {limit} 个字", page.language, limit=column.limits["max_length"])
    return translate("应填：{expected}", page.language, expected=LazyText(column.column_type.expected))


def _style(page: EntryPage, column: Column) -> str:
    """Return ``warning`` for what may well be right (unusual contacts, ids of other workbooks), else ``stop``."""
    elsewhere = column.references and picks(page, column) and not page.schema.refers_to_entity(column)
    return "warning" if column.column_type.warn_only or elsewhere else "stop"
