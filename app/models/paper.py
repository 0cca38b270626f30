"""What stands on each paper, as plain values; `app.forms` sets them, `app.services` fills them.

Every text here may be the longest, the oddest and the most hostile input; nothing is escaped or cut yet.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from app.models.content import Block
from app.models.papercode import PaperKind


@dataclass(frozen=True)
class PaperHead:
    """What every page of every paper carries: who issued it, its number, and its witness of the records."""

    unit_name: str
    unit_code: str
    kind: PaperKind
    subject_id: str
    title: str
    """The paper's title from the policy, e.g. 福州市晋安区政务新媒体信息发布审核表."""
    number: str
    """Office number, e.g. 晋示审〔2026〕118号; may be empty."""
    revision: int
    fingerprint: str
    audit_seq: int
    audit_head: str
    issued_at: datetime
    ribbon: str = ""
    """A word that every page shows when the paper is not in earnest, e.g. 示例数据."""
    fonts: str = "bundled"
    """`bundled` for 宋 and 黑 of resources/fonts, or `system` for the PC's own 仿宋."""


@dataclass(frozen=True)
class Field:
    """One label and its value in the grid; `wide` takes the whole row."""

    label: str
    value: str
    wide: bool = False


@dataclass(frozen=True)
class SignatureBox:
    """One step of the chain as the paper shows it.

    `choices` are the printed boxes (同意, 退回修改, …); `ticked` is the one already decided or empty;
    `decided` is a line such as 系统内同意 陈主任 2026年11月20日 16:20, empty while it is to be signed by hand;
    `opinion` the words of the decision. `signers` is how many people sign (quorum).
    """

    label: str
    choices: tuple[str, ...]
    ticked: str = ""
    opinion: str = ""
    decided: str = ""
    signers: int = 1


@dataclass(frozen=True)
class PlacedPicture:
    """A picture for 附页: its file bytes, caption and licence line."""

    data: bytes
    caption: str
    licence: str


@dataclass(frozen=True)
class VariantText:
    """The differing text for one account, printed on 附页."""

    account: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class ReviewSheet:
    """信息发布审核表 (article 15(1); fields of domain.md 3.4)."""

    head: PaperHead
    fields: tuple[Field, ...]
    """标题, 发布账号, 拟发布时间, 信息员, 审核等级, 信息来源, 附件, …, in printing order."""
    summary: str
    body: tuple[Block, ...]
    pictures: dict[str, PlacedPicture] = field(default_factory=dict)
    """By SHA-256 of the file."""
    variants: tuple[VariantText, ...] = ()
    checks: tuple[str, ...] = ()
    """Lines of the 发布前检查 cell."""
    steps: tuple[SignatureBox, ...] = ()
    footnote: str = ""


@dataclass(frozen=True)
class CodeSlip:
    """The slip with a person's one-time code, or with the unit's recovery code for the safe; cut along its line."""

    head: PaperHead
    person: str
    code: str
    reason: str
    expires_on: date | None = None
    recovery: bool = False


@dataclass(frozen=True)
class TableSection:
    """One section of a listing paper: heading, columns, rows; no rows prints 无."""

    heading: str
    columns: tuple[str, ...]
    widths: tuple[float, ...]
    """Relative widths, one a column."""
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True)
class GridSection:
    """Rows of a form under one heading that stands upright at their left, e.g. 账号; no heading, no such column.

    The `table` follows the fields: the people, what changes, the accounts handed over.
    """

    heading: str
    fields: tuple[Field, ...] = ()
    table: TableSection | None = None


@dataclass(frozen=True)
class OpinionBox:
    """Where somebody decides by hand: printed boxes and lines, room to write, 签字 年 月 日.

    `lines` are printed words of their own line, e.g. 备案号：; a `sealed` box says （盖章） and has room for a seal of
    42 mm.
    """

    label: str
    choices: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    sealed: bool = False


@dataclass(frozen=True)
class AccountForm:
    """A form of an account's life or of its password (articles 4 to 7; domain.md 3.1 to 3.3, 3.11).

    All opinions stand on page 1, in the order in which they are given; what else does not fit goes to 附页.
    `reference` says that the unit has not yet confirmed the layout. There is no place for a password.
    """

    head: PaperHead
    sections: tuple[GridSection, ...]
    opinions: tuple[OpinionBox, ...]
    filled_on: date | None = None
    """填报日期."""
    reference: bool = True
    footnote: str = ""


@dataclass(frozen=True)
class ListingPaper:
    """A paper made of facts and tables: archive cover, 待签清单, 归档交接单, 责任清单, 密码变更记录, 启封、借用登记."""

    head: PaperHead
    facts: tuple[Field, ...]
    sections: tuple[TableSection, ...]
    signatures: tuple[str, ...] = ()
    """Labels of signature lines at the end, e.g. 移交人, 接收人."""
    footnote: str = ""


OPEN_BOX, TICKED_BOX = "☐", "☑"
"""Boxes within a text; paper draws them whatever its fonts have."""


def tick_words(choices: Sequence[str], ticked: Collection[str] = ()) -> str:
    """Write printed boxes as a value: ☑ 新开设　☐ 补备案."""
    return "\u3000".join(f"{TICKED_BOX if choice in ticked else OPEN_BOX} {choice}" for choice in choices)
