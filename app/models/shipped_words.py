"""Titles, number words and limits as they ship; an adopted policy of an older version may lack the newer ones.

They stand in the shipped policy file too, and a test holds the two together.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Stated:
    """A value and the basis it stands on."""

    value: str
    basis: str

    @property
    def number(self) -> int:
        """The value as a whole number."""
        return int(self.value)


SHIPPED_TITLES: Mapping[str, Stated] = {
    "review_sheet": Stated("福州市晋安区政务新媒体信息发布审核表", "第十五条（一）"),
    "archive_cover": Stated("政务新媒体月度存档封面及目录", "第十五条（四）"),
    "handover_slip": Stated("政务新媒体月度归档交接单", "第十五条（四）；设计默认值"),
    "code_slip": Stated("首次登录一次性口令单", "第六条；设计默认值"),
    "waiting_list": Stated("待签清单", "设计默认值"),
    "account_filing": Stated("福州市晋安区政务新媒体备案登记表", "第五条"),
    "account_change": Stated("福州市晋安区政务新媒体变更申请表", "第七条；国办发〔2018〕123号"),
    "account_closing": Stated("福州市晋安区政务新媒体关停（注销）申请表", "国办发〔2018〕123号"),
    "password_handover": Stated("政务新媒体账号密码交接单", "第六条；设计默认值"),
    "responsibility_list": Stated("政务新媒体责任清单", "第三条；设计默认值"),
    "password_changes": Stated("政务新媒体账号密码变更记录", "第六条；设计默认值"),
    "password_loans": Stated("政务新媒体账号密码启封、借用登记", "第六条；设计默认值"),
}
"""By the name of the kind of paper in small letters."""

SHIPPED_NUMBERS: Mapping[str, Stated] = {
    "review_sheet": Stated("审", "设计默认值"),
    "archive_cover": Stated("档", "设计默认值"),
    "account_filing": Stated("备", "设计默认值"),
    "account_change": Stated("变", "设计默认值"),
    "account_closing": Stated("停", "设计默认值"),
    "password_handover": Stated("交", "设计默认值"),
}
"""The last word of the 代字 of what gets an office number."""

SHIPPED_LIMITS: Mapping[str, Stated] = {
    "update_warn_days": Stated("7", "设计默认值（博兴县等地提前提醒）"),
    "update_limit_days": Stated("10", "福州市 2024 年 8 月检查函、闽侯县 2025 年要求"),
    "update_veto_days": Stated("14", "国办秘函〔2019〕19号"),
    "filing_working_days": Stated("5", "设计默认值（外地规定 2 至 5 个工作日）"),
    "archive_due_day": Stated("5", "第十五条（四）“每月初”；具体日期为设计默认值"),
    "password_age_days": Stated("90", "设计默认值（外地规定每季度更换）"),
    "code_valid_days": Stated("7", "设计默认值"),
    "certification_notice_days": Stated("30", "设计默认值"),
}
"""Days, working days, or a day of the month."""
