"""A schema is a value: it knows no trade, carries what a trade adds, and travels to other processes."""

import pickle
from dataclasses import dataclass, replace

import pytest

from factory_crm import crm
from factory_crm.crm.settings import Settings
from factory_crm.schema.column import column
from factory_crm.schema.model import Sheet
from factory_crm.schema.types import RecordId
from factory_crm.schema.workbook import WorkbookSchema


class Machine(Sheet, table="machines", title="设备"):
    machine_id: RecordId = column("设备编号", key=True, example="M001")


@dataclass(frozen=True)
class Thresholds:
    hours: int = 8


@pytest.mark.parametrize(("edition", "fingerprint"), [("basic", "d9bbb35123976859"), ("full", "ff37be161bd3b7b5")])
def test_fingerprints_of_the_editions_stay(edition: str, fingerprint: str) -> None:
    """Workbooks in the field carry them."""
    assert crm.schema(edition).fingerprint == fingerprint


def travelled(schema: WorkbookSchema) -> WorkbookSchema:
    """Return the schema as another process gets it."""
    return pickle.loads(pickle.dumps(schema))  # noqa: S301 - our own bytes


def test_an_unknown_edition_is_refused() -> None:
    with pytest.raises(ValueError, match="basic, full"):
        crm.schema("grand")


def test_an_extension_is_asked_for_by_its_class() -> None:
    schema = WorkbookSchema((Machine,), extensions=(Thresholds(12),))
    assert schema.extension(Thresholds) == Thresholds(12)
    assert schema.extension(Settings) == Settings()


def test_a_schema_of_an_edition_travels_by_its_name() -> None:
    schema = crm.schema("full")
    assert travelled(schema) is schema
    assert len(pickle.dumps(schema)) < 100


def test_an_own_schema_travels_by_value() -> None:
    schema = WorkbookSchema((Machine,), extensions=(Thresholds(12),))
    again = travelled(schema)
    assert again == schema
    assert again.fingerprint == schema.fingerprint


def test_a_changed_schema_does_not_travel_as_what_it_was() -> None:
    schema = replace(crm.schema(), prepared_rows=7)
    assert travelled(schema).prepared_rows == 7
