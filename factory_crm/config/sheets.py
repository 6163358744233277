"""The sheets of a ``factory.toml``: the standard ones with what is added, and whole new ones."""

import keyword
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, cast

from pydantic.fields import FieldInfo

from ..i18n.translate import in_every_language
from ..problems import codes
from ..schema.column import Column, column
from ..schema.column_type import Choices, ColumnType
from ..schema.cover import Cover
from ..schema.layout import CHECK_HEADER, MESSAGE_HEADER, RESERVED_TITLES
from ..schema.model import Sheet
from ..schema.rule import Rule
from ..schema.sheet import derived_sheet
from ..schema.workbook import WorkbookSchema
from .columns import ColumnBuilder, DeclaredColumn, check_example
from .errors import ConfigErrors, Path
from .file import FactoryFile, SheetPart, TablePart
from .lists import OFFICES, TextLookup
from .rules import DEPENDENT, RuleBuilder, normalize_name

_TAKEN = frozenset({"file", "sheet", "row", "office", "digest", "extra"})
"""Names that the tables of a merge have beside the columns."""


class SheetDraft(NamedTuple):
    """What a class of a sheet is made from."""

    base: type[Sheet]
    name: str
    facts: Mapping[str, Any]
    """Class arguments."""
    namespace: Mapping[str, Any]
    columns: Mapping[str, DeclaredColumn]

    def sheet(self, rules: tuple[Rule, ...]) -> type[Sheet]:
        """Return the class."""
        fields = {name: tuple(declared) for name, declared in self.columns.items()}
        return derived_sheet(self.base, self.name, self.facts, self.namespace, fields, rules)


class SheetBuilder:
    """Makes the sheets that one file comes to."""

    def __init__(
        self, file: FactoryFile, base: WorkbookSchema, choices: dict[str, Choices], errors: ConfigErrors
    ) -> None:
        """Take the file, what it is added to, and all lists."""
        self._file, self._base, self._choices, self._mistakes = file, base, choices, errors
        self._tell = TextLookup.of(file)
        tables = [*(sheet.table for sheet in base.sheets), *(part.table for part in file.sheets)]
        self._columns = ColumnBuilder(choices, tables, self._tell, errors)
        self._codes = {DEPENDENT}

    def every(self) -> Iterator[type[Sheet]]:
        """Yield all sheets in their order; those that can't be made are left out, and that is noted."""
        tables = {sheet.table for sheet in self._base.sheets}
        for name in type(self._file).model_fields:
            part = getattr(self._file, name)
            if isinstance(part, TablePart) and (part.columns or part.rules) and name not in tables:
                self._mistakes.invalid((name,), name, '只在完整版里有这张表：加上 edition = "full"')
        for sheet in self._base.sheets:
            yield self._enlarged(sheet, getattr(self._file, sheet.table))
        for at, part in enumerate(self._file.sheets):
            if self._is_free(part, at) and (added := self._added(part, ("sheets", at))):
                yield added

    def cover(self) -> type[Cover]:
        """Return the cover; its office is chosen where the offices are known."""
        if OFFICES not in self._choices:
            return self._base.cover
        office = self._base.cover.column("office")
        again = column(office.header, office.hint, recommended_for=office.recommended_for, aliases=office.aliases, choices=OFFICES,
                       example=self._choices[OFFICES].values[0])  # fmt: skip
        from ..schema.types import Choice

        draft = SheetDraft(
            self._base.cover,
            self._base.cover.__name__,
            self._base.cover.class_arguments(),
            {},
            {"office": DeclaredColumn(Choice | None, again)},
        )
        return cast("type[Cover]", draft.sheet(()))

    def _enlarged(self, sheet: type[Sheet], part: TablePart) -> type[Sheet]:
        path: Path = (sheet.table,)
        columns: dict[str, DeclaredColumn] = {}
        for name, one in part.columns.items():
            before = next((c for c in sheet.columns if c.name == name), None)
            at = (*path, "columns", name)
            if before is None and not self._may_be_called(name, at):
                continue
            declared = self._columns.changed(before, one, at) if before else self._columns.new(one, at)
            if before is None and one.key:
                self._mistakes.invalid((*at, "key"), "true", "false：只有新加的整张表才能定编号列")
            elif declared:
                columns[name] = declared
        if not columns and not part.rules:
            return sheet
        return self._ruled(SheetDraft(sheet, sheet.__name__, sheet.class_arguments(), {}, columns), part, path)

    def _added(self, part: SheetPart, path: Path) -> type[Sheet] | None:
        columns = {}
        for name, one in part.columns.items():
            at = (*path, "columns", name)
            if self._may_be_called(name, at) and (declared := self._columns.new(one, at)):
                columns[name] = declared
        if not any(one.key for one in part.columns.values()):
            self._mistakes.add(codes.MISSING_KEY, (*path, "columns"), key="key = true")
            return None
        if part.label and part.label not in part.columns:
            self._mistakes.unknown((*path, "label"), "列", part.label, part.columns)
        for name, one in part.columns.items():
            for key, named in (("made_from", one.made_from), ("echoes", [one.echoes] if one.echoes else [])):
                for other in named:
                    if other not in part.columns:
                        self._mistakes.unknown((*path, "columns", name, key), "列", other, part.columns)
        facts = {"table": part.table, "title": self._tell(part.title), "purpose": self._tell(part.purpose)}
        namespace = {
            "__doc__": part.purpose,
            "aliases": tuple(part.aliases),
            "display_column": part.label,
            "may_be_absent": not part.required,
        }
        return self._ruled(
            SheetDraft(Sheet, part.table.title().replace("_", ""), facts, namespace, columns), part, path
        )

    def _ruled(self, draft: SheetDraft, part: TablePart, path: Path) -> type[Sheet]:
        """Return the sheet with its rules; what is wrong with them, or with formulas, is noted."""
        bare = {name: d for name, d in draft.columns.items() if not (one := part.columns.get(name)) or not one.formula}
        computed = {name: one for name, one in part.columns.items() if one.formula and name in draft.columns}
        probe = draft._replace(columns=bare).sheet(())
        judge = RuleBuilder(probe, self._choices, self._tell, self._mistakes)
        bad = [
            name
            for name, one in computed.items()
            if not judge.formula_is_good(
                one.formula, (*path, "columns", name, "formula"), _kind_of(draft, name).base_type
            )
        ]
        draft = draft._replace(columns={name: d for name, d in draft.columns.items() if name not in bad})
        sheet = draft.sheet(())
        self._check(sheet, part, path)
        judge = RuleBuilder(sheet, self._choices, self._tell, self._mistakes)
        rules = []
        for at, wanted in enumerate(part.rules):
            if wanted.code in self._codes:
                self._mistakes.duplicate((*path, "rules", at, "code"), "规则代码", wanted.code)
            self._codes.add(wanted.code)
            rules.append(judge.one(wanted, (*path, "rules", at)))
        for name, column_part in part.columns.items():
            if column_part.depends_on:
                rules += judge.dependent(name, column_part, (*path, "columns", name))
        return draft.sheet((*draft.base.rules, *(rule for rule in rules if rule)))

    def _check(self, sheet: type[Sheet], part: TablePart, path: Path) -> None:
        """Note headers that are there twice, and examples that their own column refuses."""
        seen = {normalize_name(header) for own in (CHECK_HEADER, MESSAGE_HEADER) for header in in_every_language(own)}
        for one in sheet.columns:
            at = (*path, "columns", one.name)
            spelled = set(map(normalize_name, in_every_language(one.header)))
            if one.name in part.columns and spelled & seen:
                self._mistakes.duplicate((*at, "header"), "表头", one.header)
            seen |= spelled
            if one.name in part.columns:
                choices = self._choices.get(one.choices, Choices())
                check_example(one, choices, at, self._mistakes)

    def _may_be_called(self, name: str, path: Path) -> bool:
        taken = keyword.iskeyword(name) or hasattr(Sheet, name) or name in _TAKEN or name.endswith("_timed")
        if taken:
            self._mistakes.invalid(path, name, "另一个英文名，这个名字另有用处")
        return not taken

    def _is_free(self, part: SheetPart, at: int) -> bool:
        others = [(s.table, s.title) for s in (self._base.cover, *self._base.sheets)]
        others += [(p.table, p.title) for p in self._file.sheets[:at]]
        titles = {normalize_name(spelling) for _, title in others for spelling in in_every_language(title)}
        titles |= {normalize_name(spelling) for title in RESERVED_TITLES for spelling in in_every_language(title)}
        free = True
        if part.table in {table for table, _ in others}:
            self._mistakes.duplicate(("sheets", at, "table"), "表", part.table)
            free = False
        for spelling in {part.title, *self._tell.own(part.title).values()}:
            if normalize_name(spelling) in titles:
                self._mistakes.duplicate(("sheets", at, "title"), "表名", spelling)
                free = False
        return free


def _kind_of(draft: SheetDraft, name: str) -> ColumnType:
    declared = draft.columns[name]
    return Column.of(name, FieldInfo.from_annotated_attribute(declared.annotation, declared.field)).column_type
