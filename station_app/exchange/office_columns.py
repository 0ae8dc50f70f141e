"""The title and the columns of each list that leaves the program as a spreadsheet."""

from __future__ import annotations

from station_app.domain.exports import Exported
from station_app.exchange.office_sheet import Column, Shape

_DATE, _LONG, _NUMBER = Shape.DATE, Shape.LONG, Shape.NUMBER

TITLES: dict[Exported, str] = {
    Exported.ISSUES: "群众意见建议清单",
    Exported.LEDGER: "接待群众工作台账",
    Exported.RESIDENTS: "来访群众名册",
    Exported.DEPUTIES: "人大代表名册",
    Exported.DAYS: "接待日一览表",
}

COLUMNS: dict[Exported, tuple[Column, ...]] = {
    Exported.ISSUES: (
        Column("编号", width=22),
        Column("登记时间", Shape.MOMENT, 16),
        Column("来访人", width=10),
        Column("电话", width=13),
        Column("人数", _NUMBER, 6),
        Column("类别", _LONG, 14),
        Column("地点", _LONG, 14),
        Column("反映的问题", _LONG, 46),
        Column("紧急程度", width=9),
        Column("办理状态", width=11),
        Column("承办单位", _LONG, 16),
        Column("办理期限", _DATE, 12),
        Column("办结时间", Shape.MOMENT, 16),
        Column("解决程度", _LONG, 12),
        Column("群众评价", width=10),
    ),
    Exported.LEDGER: (
        Column("序号", _NUMBER, 6),
        Column("接待日期", _DATE, 12),
        Column("来访人", width=10),
        Column("联系电话", width=13),
        Column("住址", _LONG, 18),
        Column("社区", _LONG, 12),
        Column("人数", _NUMBER, 6),
        Column("来访方式", width=9),
        Column("类别", _LONG, 12),
        Column("反映的问题", _LONG, 44),
        Column("接待代表", _LONG, 12),
        Column("办理情况", _LONG, 14),
        Column("承办单位", _LONG, 16),
        Column("群众评价", width=10),
        Column("编号", width=22),
    ),
    Exported.RESIDENTS: (
        Column("姓名", width=12),
        Column("性别", width=6),
        Column("电话", width=14),
        Column("住址", _LONG, 36),
        Column("社区", _LONG, 18),
        Column("来访次数", _NUMBER, 9),
        Column("最近来访", Shape.MOMENT, 17),
        Column("备注", _LONG, 30),
    ),
    Exported.DEPUTIES: (
        Column("姓名", width=12),
        Column("性别", width=6),
        Column("民族", width=8),
        Column("出生年月", width=11),
        Column("代表层级", _LONG, 12),
        Column("工作单位及职务", _LONG, 34),
        Column("选举单位", _LONG, 18),
        Column("代表小组", _LONG, 14),
        Column("专业小组", _LONG, 14),
        Column("联系电话", width=14),
        Column("其他电话", width=14),
        Column("备注", _LONG, 20),
    ),
    Exported.DAYS: (
        Column("日期", _DATE, 12),
        Column("时间", width=13),
        Column("地点", _LONG, 18),
        Column("主题", _LONG, 30),
        Column("类型", _LONG, 14),
        Column("状态", width=9),
        Column("应到代表", _NUMBER, 9),
        Column("实到代表", _NUMBER, 9),
        Column("接待批次", _NUMBER, 9),
        Column("接待人次", _NUMBER, 9),
        Column("意见建议", _NUMBER, 9),
    ),
}
