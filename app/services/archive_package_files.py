"""The package of a month: its cover, ledger and index beside everything filed with it (article 15(4))."""

from collections.abc import Mapping, Sequence
from datetime import date

from app.archive.checker_scripts import checker_files
from app.labels import long_moment
from app.models.archive_package import PackageFile
from app.models.audit import AuditHead
from app.models.month import Month
from app.models.monthly import ArchiveRecord
from app.models.paper import Field, TableSection
from app.models.papercode import PaperKind, grouped
from app.models.staff import Unit
from app.services.archive_files import SUPPLEMENT, ArchiveFiles, StoredPath, gap_line, index
from app.services.month_contents import MonthContents
from app.services.month_ledger import ledger
from app.services.papers import PaperBytes, Papers


def package_files(
    papers: Papers,
    path_of: StoredPath,
    own: Unit,
    contents: MonthContents,
    explanations: Mapping[str, str],
    number: str,
    version: int,
    previous: Sequence[ArchiveRecord],
    head: AuditHead,
) -> tuple[PaperBytes, list[PackageFile]]:
    """Return the cover, and every file of the package with the cover first; `head` is that of the contents."""
    month = contents.month
    collected = ArchiveFiles(contents, path_of)
    facts = (
        Field("单位", own.name, wide=True),
        Field("存档月份", month.chinese),
        Field("版次", f"第{version}版"),
        Field("发布", f"{sum(len(f.publications) for f in contents.drafts) + len(contents.loose)} 条"),
        Field("审核件", f"{len(contents.drafts)} 件"),
        Field("签字扫描件", f"{sum(len(f.scans) for f in contents.drafts)} 份"),
        Field("补充材料", f"{sum(1 for row in collected.rows if row.section == SUPPLEMENT)} 件"),
        Field("缺项", f"{len(contents.gaps)} 项"),
        Field("上月存证号", grouped(previous[-1].audit_head) if previous else "无", wide=True),
    )
    rows = tuple(
        (str(n), r.number, r.title, r.account, r.day[5:], r.state) for n, r in enumerate(collected.rows, start=1)
    )
    sections = (
        TableSection("目录", ("序号", "编号", "标题", "账号", "时间", "性质"), (0.6, 2.0, 3.5, 1.9, 1.5, 1.1), rows),
        TableSection(
            "缺项说明",
            ("缺项", "编号", "标题", "账号", "书面说明"),
            (1.4, 1.9, 2.5, 1.8, 2.8),
            tuple(gap_line(gap, dict(explanations)) for gap in contents.gaps),
        ),
    )
    cover, _ = papers.listing(
        PaperKind.ARCHIVE_COVER,
        "archive_cover",
        _month_id(own, month),
        number,
        version,
        facts,
        sections,
        signatures=("编制人", "审核人"),
        witness=head,
    )
    shown = tuple((field.label, field.value) for field in facts)
    generated = [
        PackageFile("cover.pdf", "封面及目录", data=cover.data),
        PackageFile("ledger.xlsx", "月度台账", data=ledger(own, contents, collected.rows, explanations)),
        PackageFile("index.html", "总目录（网页）", data=index(own, contents, collected, shown)),
        *checker_files(),
    ]
    return cover, [*generated, *collected.files]


def package_info(
    own: Unit, month: Month, number: str, version: int, head: AuditHead, policy_version: int, today: date
) -> tuple[tuple[str, str], ...]:
    """Return the lines of bag-info.txt."""
    return (
        ("Source-Organization", own.name),
        ("External-Identifier", number),
        ("External-Description", f"{month.chinese}政务新媒体月度存档 第{version}版"),
        ("Bagging-Date", today.isoformat()),
        ("Xianshen-Unit-Code", own.code),
        ("Xianshen-Month", str(month)),
        ("Xianshen-Version", str(version)),
        ("Xianshen-Policy-Version", str(policy_version)),
        ("Xianshen-Audit-Sequence", str(head.seq)),
        ("Xianshen-Audit-Head", head.hash),
    )


def package_name(unit_code: str, month: object, version: object) -> str:
    """Return the name of the outermost folder of a month's package."""
    return f"xianshen-{unit_code}-{month}-v{version}"


def package_identity(info: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Return the lines of bag-info.txt that say whose package of which month and version it is."""
    told = {"External-Identifier", "Xianshen-Unit-Code", "Xianshen-Month", "Xianshen-Version"}
    return tuple((label, value) for label, value in info if label in told)


def handover_facts(record: ArchiveRecord) -> tuple[Field, ...]:
    """Return what 归档交接单 says of a sealed month."""
    return (
        Field("存档月份", record.month.chinese),
        Field("版次", f"第{record.version}版"),
        Field("文件数", f"{record.files} 个"),
        Field("总大小", f"{record.size / 1_000_000:.1f} MB"),
        Field("写入时间", long_moment(record.written_at), wide=True),
        Field("文件夹", record.folder_name, wide=True),
        Field("SHA-256 清单指纹", grouped(record.sha256_manifest_digest, 64), wide=True),
        Field("SM3 清单指纹", grouped(record.sm3_manifest_digest, 64), wide=True),
    )


def _month_id(own: Unit, month: Month) -> str:
    """Return an id for the month's cover: the unit's id with the month in its last digits."""
    return own.id[:-6] + str(month).replace("-", "")
