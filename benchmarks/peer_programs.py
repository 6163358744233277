"""The programs that peers.py compares: each with the schema that our declaration comes to, by its own built-in means.

A program's function takes a sheet and returns what judges a workbook; it tells places in Excel's rows and our columns.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from factory_crm.crm import schema as standard
from factory_crm.schema.column import Column
from factory_crm.schema.model import Sheet
from tests.dirty.cases import ROW

ALL = standard()
PHONE = r"^(1[3-9]\d{9}|0\d{2,3}-\d{7,8}(-\d{1,6})?|400-?\d{3}-?\d{4}|\+[1-9][\d -]{6,20})$"
BASES = {"count": "integer", "score": "integer", "quantity": "number", "unit_price": "number", "day": "date"}
FIRST = 2
"""Of the records, below the header."""


class Told(NamedTuple):
    """What a program said of a workbook: where its errors are (0 or nothing: unknown), what it reads in the spoilt row."""

    errors: frozenset[tuple[int, str]] = frozenset()
    values: dict[str, Any] | None = None
    """By column; none where anything was said."""


Judge = Callable[[Path], Told]


def typed(sheet: type[Sheet]) -> list[Column]:
    return [column for column in sheet.columns if not column.automatic]


def basis(column: Column) -> str:
    return "datetime" if column.column_type.name == "moment" else BASES.get(column.column_type.name, "string")


def listed(column: Column) -> tuple[str, ...]:
    """Return the list a cell has to be from, empty where others are welcome or several may stand."""
    choices = ALL.choices_of(column)
    return () if choices.open_list or column.column_type.multiple else choices.values


def pattern(column: Column) -> str:
    if column.column_type.multiple and not ALL.choices_of(column).open_list:
        one = "|".join(map(re.escape, ALL.choices_of(column).values))
        return f"^({one})(、({one}))*$"
    return PHONE if column.column_type.name == "phone" else column.limits.get("pattern", "")


def limits(column: Column) -> dict[str, Any]:
    """Return its range and its greatest length, as Pydantic calls them."""
    earliest = {
        "day": {"ge": date(1900, 1, 1)},
        "moment": {"ge": datetime(1900, 1, 1)},
    }  # Excel's calendar has none before
    held = {name: limit for name, limit in column.limits.items() if name in ("gt", "ge", "le", "max_length")}
    return earliest.get(column.column_type.name, held)


def key(sheet: type[Sheet]) -> list[str]:
    return [column.header for column in sheet.key()]


def frictionless(sheet: type[Sheet]) -> Judge:
    from frictionless import Package, Resource, Schema, formats

    def field(column: Column, one: type[Sheet]) -> dict[str, Any]:
        names = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum", "max_length": "maxLength"}
        held: dict[str, Any] = {names[name]: limit for name, limit in limits(column).items()}
        if "minimum" in held and isinstance(held["minimum"], date):
            held["minimum"] = held["minimum"].isoformat()
        if "exclusiveMinimum" in held:  # known to the next version of its standard only
            held["minimum"] = held.pop("exclusiveMinimum") + 10**-column.column_type.scale
        held |= {"required": column.required or column.key}
        held |= {"unique": True} if key(one) == [column.header] else {}
        held |= {"pattern": pattern(column)} if pattern(column) else {}
        held |= {"enum": list(listed(column))} if listed(column) else {}
        more = {"format": "email"} if column.column_type.name == "email" else {}
        return {"name": column.header, "type": basis(column), "constraints": held, **more}

    tables = [sheet.table, *sorted({column.references for column in typed(sheet) if column.references})]

    def schema(one: type[Sheet]) -> Schema:
        told: dict[str, Any] = {"fields": [field(column, one) for column in typed(one)]}
        if len(key(one)) > 1:
            told["primaryKey"] = key(one)
        told["foreignKeys"] = [
            {"fields": [c.header], "reference": {"resource": c.references, "fields": [key(ALL.sheet(c.references))[0]]}}
            for c in typed(one)
            if c.references in tables
        ]
        return Schema.from_descriptor(told)

    def judge(path: Path) -> Told:
        resources = [
            Resource(
                name=table,
                path=path.name,
                basepath=str(path.parent),
                control=formats.ExcelControl(sheet=ALL.sheet(table).title),
                schema=schema(ALL.sheet(table)),
            )
            for table in tables
        ]
        package = Package(resources=resources, basepath=str(path.parent))
        named = {column.header: column.name for column in typed(sheet)}
        report = package.validate()
        errors = {
            (getattr(e, "row_number", 0), named.get(getattr(e, "field_name", "") or next(iter(getattr(e, "field_names", [])), ""), ""))
            for task in report.tasks
            for e in task.errors
        }  # fmt: skip
        if errors or not report.valid:
            return Told(frozenset(errors or {(0, "")}))
        row = package.get_resource(sheet.table).read_rows()[ROW].to_dict()
        return Told(values={name: row[header] for header, name in named.items()})

    return judge


def pandera(sheet: type[Sheet]) -> Judge:
    import pandas as pd
    import pandera.pandas as pa

    types = {"integer": "Int64", "number": "float64", "date": "datetime64[ns]", "datetime": "datetime64[ns]"}
    texts = {one.header: str for one in typed(sheet) if basis(one) == "string"}
    email = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"

    def column(one: Column, path: Path) -> pa.Column:
        made = {"gt": pa.Check.gt, "ge": pa.Check.ge, "le": pa.Check.le}
        held = {
            name: pd.Timestamp(limit) if isinstance(limit, date) else float(limit)
            for name, limit in limits(one).items()
        }
        longest = held.pop("max_length", None)
        checks = [made[name](limit) for name, limit in held.items()]
        checks += [pa.Check.str_length(max_value=int(longest))] if longest else []
        checks += [pa.Check.isin(listed(one))] if listed(one) else []
        checks += (
            [pa.Check.str_matches(text)] if (text := email if one.column_type.name == "email" else pattern(one)) else []
        )
        if one.references:
            other = ALL.sheet(one.references)
            checks.append(pa.Check.isin(list(pd.read_excel(path, sheet_name=other.title, dtype=str)[key(other)[0]])))
        return pa.Column(
            types.get(basis(one), str), checks, nullable=not (one.required or one.key), unique=key(sheet) == [one.header], coerce=True
        )  # fmt: skip

    def judge(path: Path) -> Told:
        named = {one.header: one.name for one in typed(sheet)}
        schema = pa.DataFrameSchema(
            {one.header: column(one, path) for one in typed(sheet)}, unique=key(sheet) if len(key(sheet)) > 1 else None
        )
        try:
            frame = schema.validate(pd.read_excel(path, sheet_name=sheet.title, dtype=texts), lazy=True)
        except pa.errors.SchemaErrors as found:
            cases = found.failure_cases[["index", "column"]].itertuples(index=False)
            return Told(frozenset((0 if pd.isna(at) else int(at) + FIRST, named.get(name, "")) for at, name in cases))
        return Told(values={name: frame[header].iloc[ROW] for header, name in named.items()})

    return judge


def crease(sheet: type[Sheet]) -> Judge:
    import crease as peer

    def field(column: Column) -> dict[str, Any]:
        kind = "email" if column.column_type.name == "email" else basis(column)
        lowest = column.limits.get("ge", column.limits.get("gt"))  # it knows no limit that is left out itself
        longest = column.limits.get("max_length")
        text = pattern(column) or (rf"(?s)^.{{1,{longest}}}$" if longest and kind == "string" else None)
        held = {
            "pattern": text,
            "enum": list(listed(column)) or None,
            "minimum": lowest,
            "maximum": column.limits.get("le"),
        }
        return {
            "name": column.name, "source_column": column.header, "type": kind, "normalize": "trim",
            "nullable": not (column.required or column.key), **held,
        }  # fmt: skip

    entity = {
        "name": sheet.table,
        "cardinality": "many",
        "locate": {"tab": sheet.title, "orientation": "flat"},
        "fields": [field(column) for column in typed(sheet)],
    }
    template = peer.Template.model_validate({"template_id": "t", "description": "", "entities": [entity]})

    def judge(path: Path) -> Told:
        result, report = peer.check(path, template)
        at = [error.loc for error in report.errors()]
        if at:
            return Told(frozenset((0 if row is None else int(row) + FIRST, str(name or "")) for _, row, name in at))
        return Told(values=result.canonical[sheet.table][ROW])

    return judge


def tabmodel(sheet: type[Sheet]) -> Judge:
    from pydantic import ConfigDict, EmailStr, Field, create_model
    from tabmodel import Aliases, import_file

    types = {"integer": int, "number": Decimal, "date": date, "datetime": datetime, "string": str}

    def field(column: Column) -> tuple[Any, Any]:
        kind: Any = EmailStr if column.column_type.name == "email" else types[basis(column)]
        kind = Literal[listed(column)] if listed(column) else kind
        held = {} if listed(column) or column.column_type.name == "email" else limits(column)
        held |= {"decimal_places": column.column_type.scale} if basis(column) == "number" else {}
        held |= {"pattern": pattern(column)} if pattern(column) else {}
        blank = not (column.required or column.key)
        kind = Annotated[kind, Field(**held)]
        return Annotated[kind | None if blank else kind, Aliases(column.header)], None if blank else ...

    config = ConfigDict(coerce_numbers_to_str=True, str_strip_whitespace=True)
    model = create_model("Row", __config__=config, **{column.name: field(column) for column in typed(sheet)})

    def judge(path: Path) -> Told:
        result = import_file(path, model, unique=[c.name for c in sheet.key()] if len(sheet.key()) == 1 else None)
        errors = {(error.row_number, error.field or "") for error in result.errors}
        errors |= {(row, group.field) for group in result.duplicates for row in group.row_numbers}
        return Told(frozenset(errors)) if errors else Told(values=dict(result.valid_rows[ROW]))

    return judge


PROGRAMS = {
    "frictionless": frictionless,
    "pandera": pandera,
    "crease": crease,
    "tabmodel": tabmodel,
}
