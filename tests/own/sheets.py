"""A workbook that has nothing to do with customers: machines, and what was found when they were looked at."""

from datetime import date
from typing import ClassVar

from factory_crm.schema.column import column
from factory_crm.schema.column_type import Choices
from factory_crm.schema.model import Sheet
from factory_crm.schema.rule import Rule, rule
from factory_crm.schema.types import Choice, Day, LongText, Quantity, RecordId, Text
from factory_crm.schema.workbook import WorkbookSchema


class Machine(Sheet, table="machines", title="设备", purpose="一行一台设备。", entity=True):
    """One row for each machine."""

    display_column = "name"
    carry_over = True

    machine_id: RecordId = column("设备编号", key=True, example="M001")
    name: Text = column("设备名称", example="一号车床")
    bought_on: Day | None = column("购入日期", example=date(2020, 1, 1))
    hours: Quantity | None = column("运行小时", recommended_for="利用率", example=1200)
    state: Choice | None = column("设备状态", choices="state", example="正常")


class Inspection(Sheet, table="inspections", title="点检记录", purpose="一行一次点检。"):
    """One row for each inspection."""

    happened_on = ("done_on",)
    open_while = "not closed_on"
    detail_title = "点检"

    inspection_id: RecordId = column("点检编号", key=True, example="I001")
    machine_id: RecordId = column("设备编号", references="machines", example="M001")
    machine: Text | None = column("设备名称", lookup="machine_id")
    done_on: Day = column("点检日期", event_date=True, example=date(2024, 5, 6))
    found: LongText | None = column("发现的问题", example="漏油")
    closed_on: Day | None = column("整改日期", ends=True, example=date(2024, 5, 8))

    rules: ClassVar[tuple[Rule, ...]] = (rule("X101", "closed_on >= done_on"),)


SCHEMA = WorkbookSchema(
    (Machine, Inspection), {"state": Choices(("正常", "停用"), aliases={"好": "正常"})}, product="设备点检表"
)
