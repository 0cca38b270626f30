"""From a month's contents to the files of its package: papers, scans, screenshots, index."""

from collections.abc import Callable
from pathlib import Path

from app.archive.index_page import index_html
from app.labels import label, long_date, long_moment
from app.models.archive_package import IndexRow, PackageFile
from app.models.month import Month
from app.models.monthly import Gap
from app.models.publication import Publication
from app.models.records import FileUse
from app.models.staff import Unit
from app.services.late_material import LateKind, LateMaterial
from app.services.month_contents import DraftFile, MonthContents

StoredPath = Callable[[str], Path]

SUPPLEMENT = "补充材料"
"""The section for what was recorded after its own month had been archived; each line points back to that month."""

HANDOVER = "存档移交"
GIVEN_UP = "撤回、作废和不再发布"
_LATE_WORDS = {
    LateKind.SCAN: "补交签字扫描件",
    LateKind.SCREENSHOT: "补交发布截图",
    LateKind.LINK: "补记发布链接",
    LateKind.HANDOVER: "签字交接单",
    LateKind.DROPPED: "不再发布",
    LateKind.WITHDRAWN: "撤回",
    LateKind.VOIDED: "作废",
}
_PICTURES = frozenset({"jpg", "jpeg", "png", "gif", "webp", "bmp", "tif", "tiff", "heic"})
_DOCUMENTS = frozenset({"pdf", "ofd", "txt", "csv", "doc", "docx", "wps", "xls", "xlsx", "et", "ppt", "pptx", "dps"})
_EXTENSIONS = _PICTURES | _DOCUMENTS | {"zip", "mp3", "mp4"}
"""What the archive's members keep of a file's name; anything else is `bin`."""


class ArchiveFiles:
    """Collects the files of one month under ASCII names; titles in Chinese live in index and ledger."""

    def __init__(self, contents: MonthContents, path_of: StoredPath) -> None:
        self._contents, self._path_of = contents, path_of
        self.files: list[PackageFile] = []
        self.rows: list[IndexRow] = []
        for number, file in enumerate(contents.drafts, start=1):
            self._add_draft(number, file)
        self._add_loose("loose", "其他发布", contents.loose)
        self._add_loose("supplement", SUPPLEMENT, contents.supplements)
        for number, file in enumerate(contents.supplement_drafts, start=1):
            self._add_draft(number, file, "supplement/items", SUPPLEMENT)
        for number, late in enumerate(contents.late, start=1):
            self._add_late(number, late)

    def _add_draft(self, number: int, file: DraftFile, place: str = "items", section: str = "发布台账") -> None:
        folder = f"{place}/{number:04d}"
        title = file.title or "（无标题）"
        links: list[tuple[str, str]] = []
        if file.paper is not None:
            links.append(self._stored(f"{folder}/sheet.pdf", "审核表", file.paper.pdf_sha256))
        links += self._uses(folder, "scan", "签字扫描件", file.scans)
        links += self._uses(folder, "authorization", "授权书", file.authorizations)
        links += self._uses(folder, "screenshot", "发布截图", file.screenshots)
        if file.revision is not None:
            links.append(self._text(f"{folder}/approved.txt", "审定文本", _approved_text(file)))
            content = file.revision.content
            for index, picture in enumerate(content.pictures(), start=1):
                member = f"{folder}/picture-{index:02d}.{_extension(picture.name)}"
                if not any(f.sha256 == picture.sha256 and f.member.startswith(folder) for f in self.files):
                    links.append(self._stored(member, f"图片{index}", picture.sha256))
            for index, attachment in enumerate(content.attachments, start=1):
                member = f"{folder}/attachment-{index:02d}.{_extension(attachment.name)}"
                if not any(f.sha256 == attachment.sha256 and f.member.startswith(folder) for f in self.files):
                    links.append(self._stored(member, f"附件：{attachment.name}", attachment.sha256))
        common = {"number": str(file.draft.number or ""), "title": title}
        for index, publication in enumerate(file.publications, start=1):
            own = list(links)
            if publication.published_text:
                member = f"{folder}/published-{index:02d}.txt"
                own.append(self._text(member, "发布文本", publication.published_text))
            if left_out := file.page_lines.get(publication.id):
                member = f"{folder}/published-{index:02d}-left-out.txt"
                own.append(self._text(member, "未参加比对的行", "\n".join(left_out)))
            self.rows.append(self._row(section, publication, tuple(own), **common))
        if not file.publications:
            self.rows.append(
                IndexRow(
                    section=SUPPLEMENT if section == SUPPLEMENT else "未发布的审核件",
                    day=long_date(max((d.decided_on for d in file.decisions), default=file.draft.updated_at)),
                    account="",
                    state="补登签批" if file.home else label(file.draft.state),
                    link="",
                    files=tuple(links),
                    note="；".join(part for part in (_completes(file.home), file.reason) if part),
                    **common,
                )
            )

    def _add_late(self, number: int, late: LateMaterial) -> None:
        what, links = _LATE_WORDS[late.kind], list[tuple[str, str]]()
        if late.use is not None:
            member = f"supplement/late/{number:04d}.{_extension(late.use.name)}"
            links.append(self._stored(member, what, late.use.sha256))
        completes = _completes(late.home) if late.completes else ""
        self.rows.append(
            IndexRow(
                section=SUPPLEMENT if late.completes else HANDOVER if late.kind is LateKind.HANDOVER else GIVEN_UP,
                day=long_moment(late.at),
                number=late.number,
                title=late.title,
                account=self._contents.accounts.caption(late.account_id, late.at),
                state=what,
                link=late.link,
                files=tuple(links),
                note="；".join(part for part in (completes, late.note) if part),
            )
        )

    def _add_loose(self, folder: str, section: str, publications: tuple[Publication, ...]) -> None:
        names = {use.sha256: use.name for use in self._contents.loose_screenshots}
        for index, publication in enumerate(publications, start=1):
            links: list[tuple[str, str]] = []
            for number, digest in enumerate(publication.screenshot_sha256s, start=1):
                ending = _extension(names.get(digest, "png"))
                member = f"{folder}/{index:04d}/screenshot-{number:02d}.{ending}"
                links.append(self._stored(member, "发布截图", digest))
            if publication.published_text:
                links.append(self._text(f"{folder}/{index:04d}/published.txt", "发布文本", publication.published_text))
            self.rows.append(self._row(section, publication, tuple(links), number="", title=publication.title))

    def _row(
        self, section: str, publication: Publication, files: tuple[tuple[str, str], ...], *, number: str, title: str
    ) -> IndexRow:
        back = _completes(Month.of(publication.published_at)) if section == SUPPLEMENT else ""
        late = "补记" if publication.late else ""
        note = "；".join(part for part in (back, late, publication.why, publication.done) if part)
        return IndexRow(
            section=section,
            day=long_moment(publication.published_at),
            number=number,
            title=title,
            account=self._contents.accounts.caption(publication.account_id, publication.published_at),
            state=label(publication.kind),
            link=publication.link,
            files=files,
            note=note,
        )

    def _uses(self, folder: str, stem: str, title: str, uses: tuple[FileUse, ...]) -> list[tuple[str, str]]:
        return [
            self._stored(f"{folder}/{stem}-{index:02d}.{_extension(use.name)}", f"{title}{index}", use.sha256)
            for index, use in enumerate(uses, start=1)
        ]

    def _stored(self, member: str, title: str, sha256: str) -> tuple[str, str]:
        self.files.append(PackageFile(member, title, source=self._path_of(sha256), sha256=sha256))
        return title, member

    def _text(self, member: str, title: str, text: str) -> tuple[str, str]:
        # A byte order mark, so that the oldest Notepad on an office PC shows Chinese.
        self.files.append(PackageFile(member, title, data=text.replace("\n", "\r\n").encode("utf-8-sig")))
        return title, member


def _completes(month: Month | None) -> str:
    return f"补充{month.chinese}的存档" if month else ""


def index(unit: Unit, contents: MonthContents, files: ArchiveFiles, facts: tuple[tuple[str, str], ...]) -> bytes:
    """Write index.html; its links are relative to the package's `data` folder."""
    title = f"{contents.month.chinese}政务新媒体存档"
    return index_html(title, unit.name, contents.month.chinese, facts, files.rows, "本页可离线打开，不访问网络。")


def gap_line(gap: Gap, explanations: dict[str, str]) -> tuple[str, str, str, str, str]:
    """Write a gap as a row of 缺项说明."""
    return label(gap.kind), gap.number, gap.title, gap.account, explanations.get(gap.key, "")


def _approved_text(file: DraftFile) -> str:
    content = file.revision.content if file.revision else file.draft.content
    parts = (
        [content.title, "", content.summary, "", content.plain_body]
        if content.summary
        else [content.title, "", content.plain_body]
    )
    for variant in content.variants:
        parts += ["", f"【单独文案】{variant.title}", *(block.plain for block in variant.blocks)]
    return "\n".join(parts).strip() + "\n"


def _extension(name: str) -> str:
    found = name.rpartition(".")[2].lower()
    return found if found in _EXTENSIONS else "bin"
