"""The sheet as a Pydantic model: what it declares, and the check of a row that makes an instance of it."""

from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema
from pydantic_core import core_schema as core

from .record.check import validated_values
from .sheet import DeclaredSheet

_DECLARED = "factory_crm.declared"


class Sheet(DeclaredSheet):
    """Base of every sheet; subclasses declare their columns as fields, see ``DeclaredSheet`` for the class arguments.

    The model is the check: ``model_validate`` takes and refuses just what a row of a workbook is accepted and rejected for.
    """

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Let a row be checked as one of a workbook is: Pydantic only puts the values into the instance."""
        declared = handler(source)
        if declared["type"] != "model" or not cls.columns:
            return declared
        blank = core.with_default_schema(core.any_schema(), default=None)
        fields = core.model_fields_schema(
            {column.name: core.model_field(blank) for column in cls.columns},
            model_name=cls.__name__,
            extra_behavior="forbid",
        )
        checked = core.no_info_before_validator_function(cls._checked, fields)
        return {**declared, "schema": checked, "metadata": {**declared.get("metadata", {}), _DECLARED: declared}}

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Describe the columns by their declared types."""
        return handler(schema.get("metadata", {}).get(_DECLARED, schema))

    @classmethod
    def _checked(cls, values: Any) -> Any:
        return validated_values(cls, values)
