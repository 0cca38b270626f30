"""Whether this installation can do its work: one draft goes through the whole job in a folder that is thrown away."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from app.errors import AppError
from app.intake.signed_scan import Handling, signed_pages
from app.ledgers.ledger_workbook import LedgerSheet, write_workbook
from app.messages import explain
from app.models.content import Block, BlockKind, Content, Declarations
from app.models.draft import Draft, ReviewClass, Urgency
from app.models.month import Month
from app.models.right import Role
from app.models.self_check import Look
from app.services.checkup import Checkup
from app.services.office import Services
from app.services.sample_clock import SampleClock
from app.services.sample_desk import SampleDesk
from app.services.sample_material import SAMPLE_PASSCODE, SampleMaterial
from app.services.scans import ScanOutcome

_LOOKED_OVER = frozenset({"数据库", "审计记录", "附件", "字体", "系统密码库"})
"""What of the look-over says something about the program, and not about the PC's disk or this year's holidays."""
_PDFA = b"<pdfaid:part>2</pdfaid:part>"
_HANDLING = Handling(1.2, 0.75)


class TrialFailedError(Exception):
    """A step came to its end with the wrong result; holds the sentence."""


@dataclass(frozen=True)
class TrialGround:
    """An empty data folder's services and clock, the made-up office that is to work there, and a folder to write to."""

    services: Services
    clock: SampleClock
    material: SampleMaterial
    font: Path
    folder: Path


class SelfTest:
    """Does the steps of the main job once each; `paper` is the review sheet that was made on the way."""

    def __init__(self, ground: TrialGround, now: datetime, checkup: Checkup) -> None:
        self._ground, self._now, self._checkup = ground, now, checkup
        self._services, self._clock = ground.services, ground.clock
        self._month = Month.of(now).previous
        self.paper = b""

    def looks(self) -> Iterator[Look]:
        """Try one step after the other; what follows a failed one is not tried. Then look the records over."""
        steps: tuple[tuple[str, Callable[[], str]], ...] = (
            ("首次设置", self._set_up),
            ("导入文件", self._take_in),
            ("文字检查", self._check_text),
            ("全文检索", self._search),
            ("审核表", self._print),
            ("扫描件", self._scan),
            ("发布包", self._publish),
            ("存档", self._archive),
        )
        for subject, step in steps:
            look = _tried(subject, step)
            yield look
            if not look.fine:
                break
        yield from (look for look in self._checkup.looks() if look.subject in _LOOKED_OVER)

    def _set_up(self) -> str:
        self._clock.at = self._month.starts_at + timedelta(hours=8, minutes=30)
        plan = self._ground.material.setup
        codes = {code.person: code.code for code in self._services.setup.run(plan)}
        self._desk = SampleDesk(self._services, self._clock, self._ground.font)
        author = self._desk.holder(Role.INFORMATION_OFFICER)
        self._services.sign_in.choose(author, codes[author], SAMPLE_PASSCODE)
        self._services.sign_in.sign_out()
        self._services.sign_in.sign_in(author, SAMPLE_PASSCODE)
        return f"数据库已新建，{len(plan.people)} 人、{len(plan.accounts)} 个账号；口令设定后可以登录。"

    def _take_in(self) -> str:
        material, imports = self._ground.material, self._services.imports
        draft_author = self._desk.holder(Role.INFORMATION_OFFICER)
        draft = imports.draft_from_file(material.folder / "notice.docx").draft
        pictures = sum(1 for block in draft.content.blocks if block.picture)
        text = imports.text_from_file(material.folder / "notice-gb18030.txt").title
        self._desk.sit_down(self._desk.holder(Role.ACCOUNT_MANAGER))
        rows = imports.earlier_rows(self._earlier_posts(), self._services.accounts.list())
        self._desk.sit_down(draft_author)
        _expect(pictures > 0, "Word 文件里的图片没有读出来。")
        _expect(bool(text), "GB 18030 编码的文本文件没有读出来。")
        _expect([row.problem for row in rows] == [""], "Excel 表格没有读出来。")
        self._draft = self._filled(draft)
        return f"Word 文件 {len(draft.content.blocks)} 段、图片 {pictures} 幅，文本文件和 Excel 表格都能读。"

    def _earlier_posts(self) -> Path:
        account = self._ground.material.setup.accounts[0]
        columns = ("发布时间", "平台", "账号", "标题", "链接")
        row = ("2024-09-03 10:12", account.platform, account.name, "往期信息", "https://post.example.cn/1")
        path = self._ground.folder / "earlier.xlsx"
        path.write_bytes(write_workbook([LedgerSheet("往期", columns, (row,))], self._now, "往期"))
        return path

    def _filled(self, draft: Draft) -> Draft:
        """Give the draft what submission asks for."""
        account = self._services.accounts.list()[0]
        blocks = tuple(_licensed(block) for block in draft.content.blocks)
        content = replace(
            draft.content, blocks=blocks, account_ids=(account.id,), declarations=Declarations(no_secrets=True)
        )
        handled = self._services.drafts.set_handling(
            replace(draft, content=content),
            review_class=ReviewClass.ORDINARY,
            urgency=Urgency.NORMAL,
            category=self._services.drafts.categories()[0],
            planned_at=self._clock() + timedelta(days=1),
        )
        return self._services.drafts.save(handled)

    def _check_text(self) -> str:
        text = Content(title="试", blocks=(Block(BlockKind.PARAGRAPH, "联系电话13800138000，全国第一。"),))
        found = {found.finding.rule for found in self._services.drafts.findings(text)}
        _expect(len(found) >= 2, "手机号或绝对化用语没有查出来。")
        return "手机号和绝对化用语都查得出来。"

    def _search(self) -> str:
        self._draft = self._services.drafts.submit(self._draft.id, self._draft.version)
        word = self._draft.content.title[:2]
        found = {hit.subject_id for hit in self._services.search.find(word)}
        _expect(self._draft.id in found, f"按“{word}”没有找到稿件。")
        return f"按“{word}”找到稿件 {self._draft.number}。"

    def _print(self) -> str:
        sheet = self._services.papers.review_sheet(self._draft.id)
        _expect(_PDFA in sheet.data, "印出的不是 PDF/A 文件。")
        self._expect_code("sheet.pdf", sheet.data)
        self.paper = sheet.data
        return f"PDF/A 文件 {sheet.pages} 页，二维码读得回来。"

    def _scan(self) -> str:
        for number, page in enumerate(signed_pages(self.paper, (), _HANDLING), start=1):
            self._expect_code(f"scan-{number}.jpg", page)
        self._draft = self._desk.sign_on_paper(self._draft, _HANDLING)
        _expect(self._desk.open_steps(self._draft) == [], "登记以后还有环节没有签。")
        return "歪斜、压缩过的扫描件认得出稿件，签批已登记。"

    def _expect_code(self, name: str, data: bytes) -> None:
        path = self._ground.folder / name
        path.write_bytes(data)
        outcomes = {match.outcome for match in self._services.scans.examine(path)}
        _expect(outcomes == {ScanOutcome.MATCHED}, "二维码没有读出来。")

    def _publish(self) -> str:
        platform = self._services.accounts.list()[0].platform
        self._clock.move_to(self._clock() + timedelta(minutes=30))
        self._desk.publish(self._draft, (platform,))
        folder = self._services.packages.write_folder(self._draft.id, self._ground.folder)
        [written] = folder.rglob("*.docx")
        read = self._services.imports.text_from_file(written)
        _expect(read.title == self._draft.content.title, "写出的 Word 文件读不回来。")
        return "Word 文件和图片已写好，读得回来；发布截图已登记。"

    def _archive(self) -> str:
        self._clock.move_to(self._now)
        self._desk.sit_down(self._desk.holder(Role.ARCHIVIST))
        target = self._ground.folder / "stick"
        target.mkdir()
        done = self._services.archives.write(self._month, target)
        report = self._services.archives.verify(done.written.folder)
        _expect(report.valid, "存档没有通过核对。")
        return f"{done.written.files} 个文件，写完读回核对一致（{'、'.join(report.algorithms)}）。"


def _tried(subject: str, step: Callable[[], str]) -> Look:
    """Try one step; what an incomplete installation leads to becomes a sentence, a bug stays one."""
    try:
        return Look(subject, True, step())
    except AppError as error:
        return Look(subject, False, str(explain(error)))
    except TrialFailedError as wrong:
        return Look(subject, False, f"{wrong}请重新安装本程序。")
    except ImportError as lacking:
        return Look(subject, False, f"缺少组成部分 {lacking.name or '（没有名称）'}，请重新安装本程序。")
    except OSError as refused:
        return Look(
            subject, False, f"读写 {refused.filename or '文件'} 不成功（{refused.strerror}），请重新安装本程序。"
        )


def _expect(holds: bool, otherwise: str) -> None:
    if not holds:
        raise TrialFailedError(otherwise)


def _licensed(block: Block) -> Block:
    if block.picture is None:
        return block
    return replace(block, picture=replace(block.picture, caption="示意图", licence="本单位制作"))
