"""The demo from the first start to the last post: one method a step, every act signed in and in its hour."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from app.bootstrap import open_services
from app.errors import (
    AppError,
    PasscodeChangeNeededError,
    SecrecyMarkError,
    SignInRefusedError,
    SubmissionBlockedError,
)
from app.labels import label
from app.messages import explain
from app.models.clock import start_of_day
from app.models.content import Block, BlockKind, Content, Declarations, Origin, Source, Variant
from app.models.draft import Draft, ReviewClass, Urgency
from app.models.finding import Severity
from app.models.month import Month
from app.models.review import Verdict
from app.services.papers import PaperBytes
from app.services.sample_clock import SampleClock
from app.services.sample_desk import SampleDesk
from app.services.sample_material import SAMPLE_PASSCODE, SampleMaterial

MANAGER, REVIEWER, ADMINISTRATOR = "管理员甲", "审核员甲", "系统员甲"
WECHAT, WEIBO, TOUTIAO = "微信公众号", "微博", "今日头条"


class DemoDesk(SampleDesk):
    """A desk at which everybody signs in with their passcode, and out again."""

    def sit_down(self, name: str) -> None:
        """Sign the last person out and this one in."""
        if self.services.session.person_id != self.people[name]:
            self.services.sign_in.sign_out()
            self.services.sign_in.sign_in(name, SAMPLE_PASSCODE)


class DemoJob:
    """The first eight steps; what they make is kept for the last two."""

    def __init__(
        self, out: Path, now: datetime, material: SampleMaterial, font: Path, tell: Callable[[str], None]
    ) -> None:
        self.out, self.now, self.material, self._font = out, now, material, font
        self._tell = tell
        self.month = Month.of(now).previous
        day = self.month.first_day + timedelta(days=8)
        while day.weekday():
            day += timedelta(days=1)
        self.clock = SampleClock(start_of_day(day) + timedelta(hours=8, minutes=30))
        self.services = open_services(out / "data", self.clock)
        for name in ("sheets", "scans", "packages"):
            (out / name).mkdir()
        self.printed: dict[str, tuple[Draft, PaperBytes]] = {}

    # ---- telling ---------------------------------------------------------------------------------

    def step(self, number: int, title: str) -> None:
        """Announce a step."""
        self._tell(f"【{number}/10】{title}")

    def note(self, sentence: str) -> None:
        """Say what was done."""
        self._tell(f"　　{sentence}")

    def refused(self, kind: type[AppError], act: Callable[[], object]) -> None:
        """Do what must be refused, and say why it was; that it is not refused is a fault of the program."""
        try:
            act()
        except kind as error:
            self.note(f"拒绝：{explain(error)}")
            return
        raise AssertionError(f"{kind.__name__} was not raised")

    def keep_sheet(self, paper: PaperBytes) -> None:
        """Save a paper below `sheets/`."""
        (self.out / "sheets" / paper.file_name.replace("/", "-")).write_bytes(paper.data)

    def later(self, *, days: int = 0, minutes: int = 15) -> None:
        """Let some time pass."""
        self.clock.move_to(min(self.clock() + timedelta(days=days, minutes=minutes), self.now))

    # ---- 1, 2: set-up and sign-in ----------------------------------------------------------------

    def set_up(self) -> None:
        """1: unit, district office, people with one-time codes on slips, accounts."""
        self.step(1, "首次设置：单位、人员、账号")
        self._codes = self.services.setup.run(self.material.setup)
        for code in self._codes:
            self.keep_sheet(self.services.papers.code_slip(code))
        people, accounts = len(self.material.setup.people), len(self.material.setup.accounts)
        self.note(f"{people} 人、{accounts} 个账号，印出一次性口令单 {len(self._codes)} 张")
        self.desk = DemoDesk(self.services, self.clock, self._font)

    def choose_passcodes(self) -> None:
        """2: everybody chooses a passcode; one has forgotten it again."""
        self.step(2, "登录：用一次性口令设定自己的口令")
        codes = {code.person: code.code for code in self._codes if code.person in self.desk.people}
        first = self.services.sign_in
        self.refused(PasscodeChangeNeededError, lambda: first.sign_in(MANAGER, codes[MANAGER]))
        for name, code in codes.items():
            self.later(minutes=2)
            first.choose(name, code, SAMPLE_PASSCODE)
        self.refused(SignInRefusedError, lambda: first.sign_in(MANAGER, "xianshen-simple"))
        self.desk.sit_down(ADMINISTRATOR)
        forgotten = "值班员甲"
        fresh = self.services.codes.issue(self.desk.people[forgotten], "本人忘记口令，当面核对身份", SAMPLE_PASSCODE)
        first.sign_out()
        notice = first.choose(forgotten, fresh.code, SAMPLE_PASSCODE).notice
        self.note(f"{forgotten}忘记口令，重发一次；本人登录时看到：{notice}")

    # ---- 3, 4: writing and checking --------------------------------------------------------------

    def write_drafts(self) -> None:
        """3: a Word file of another program, a text file in GB 18030, a repost; nothing classified."""
        self.step(3, "起草：拖入 Word 和文本文件，登记转载")
        self.later(days=1)
        self._notice = self._from_word()
        self._text = self._from_text()
        self._repost = self._reposted()
        marked = Content(title="会议纪要", blocks=(Block(BlockKind.PARAGRAPH, "机密★1年"),))
        self.refused(SecrecyMarkError, lambda: self.services.drafts.start(marked))

    def _from_word(self) -> Draft:
        self.desk.sit_down("信息员甲")
        path = self.material.folder / "notice.docx"
        before = hashlib.sha256(path.read_bytes()).hexdigest()
        imported = self.services.imports.draft_from_file(path)
        assert hashlib.sha256(path.read_bytes()).hexdigest() == before
        blocks = tuple(_licensed(block) for block in imported.draft.content.blocks)
        pictures = sum(1 for block in blocks if block.picture)
        self.note(f"“{path.name}”（LibreOffice 写成）：{len(blocks)} 段，其中图片 {pictures} 幅，原文件未改动")
        for sentence in imported.notes:
            self.note(sentence)
        short = Variant(self.account_id(WEIBO), "", (Block(BlockKind.PARAGRAPH, "便民服务日下月初举行，欢迎预约。"),))
        content = replace(
            imported.draft.content,
            summary="便民服务日活动的时间、地点、服务内容和参加办法。",
            blocks=blocks,
            account_ids=(self.account_id(WECHAT), self.account_id(WEIBO), self.account_id(TOUTIAO)),
            variants=(short,),
            declarations=Declarations(no_secrets=True),
        )
        return self._save(imported.draft, content, "便民服务", ReviewClass.IMPORTANT)

    def _from_text(self) -> Draft:
        self.desk.sit_down("信息员乙")
        imported = self.services.imports.draft_from_file(self.material.folder / "notice-gb18030.txt")
        self.note(f"文本文件（GB 18030 编码）：“{imported.draft.content.title}”")
        content = replace(
            imported.draft.content,
            account_ids=(self.account_id(WECHAT),),
            declarations=Declarations(no_secrets=True, personal_data=True),
        )
        return self._save(imported.draft, content, "通知公告", ReviewClass.ORDINARY)

    def _reposted(self) -> Draft:
        self.desk.sit_down("值班员甲")
        content = Content(
            title="转载：寒潮蓝色预警",
            blocks=(Block(BlockKind.PARAGRAPH, "未来两天气温明显下降，请注意防寒保暖，取暖时开窗通风。"),),
            account_ids=(self.account_id(WECHAT), self.account_id(TOUTIAO)),
            source=Source(Origin.REPOST, "省气象台"),
            declarations=Declarations(no_secrets=True),
        )
        draft = self._save(self.services.drafts.start(content), content, "转发转载", ReviewClass.ORDINARY)
        self.refused(SubmissionBlockedError, lambda: self.services.drafts.submit(draft.id, draft.version))
        named = Source(Origin.REPOST, "省气象台", "寒潮蓝色预警信号", "https://qx.example.cn/alert/20")
        return self.services.drafts.save(replace(draft, content=replace(content, source=named)))

    def _save(self, draft: Draft, content: Content, category: str, review_class: ReviewClass) -> Draft:
        handled = self.services.drafts.set_handling(
            replace(draft, content=content),
            review_class=review_class,
            urgency=Urgency.NORMAL,
            category=category,
            planned_at=self.clock() + timedelta(days=2),
        )
        return self.services.drafts.save(handled)

    def check_texts(self) -> None:
        """4: what blocks is masked with one click."""
        self.step(4, "检查提示：遮盖或说明")
        self.desk.sit_down("信息员乙")
        self.refused(SubmissionBlockedError, lambda: self.services.drafts.submit(self._text.id, self._text.version))
        blocks = list(self._text.content.blocks)
        for found in self.services.drafts.findings(self._text.content):
            finding = found.finding
            self.note(f"{label(finding.severity)}：{finding.message}“{finding.masked}”")
            place = found.field.removeprefix("block:")
            if finding.severity is Severity.BLOCK and finding.replacement is not None and place.isdigit():
                text = blocks[int(place)].text
                masked = text[: finding.start] + finding.replacement + text[finding.start + finding.length :]
                blocks[int(place)] = replace(blocks[int(place)], text=masked)
                self.note(f"一键遮盖为“{finding.replacement}”")
        content = replace(self._text.content, blocks=tuple(blocks))
        self._text = self.services.drafts.save(replace(self._text, content=content))

    # ---- 5, 6: submission and papers -------------------------------------------------------------

    def submit_and_return(self) -> None:
        """5: numbers are given; a return needs a reason; a change is a new revision."""
        self.step(5, "提交审核：取号，退回，改稿，撤回")
        self.later()
        self._notice = self._submit(self._notice)
        self._print("old", self._notice)
        self._text = self._submit(self._text)
        self.later()
        self._text = self.services.drafts.withdraw(self._text.id)
        self.note("信息员乙撤回一件，改好标点再报")
        self._text = self._submit(self._text)
        self._repost = self._submit(self._repost)
        self.later(minutes=60)
        reason = "请写明遇雨顺延时怎样通知。"
        self._notice = self.desk.decide(self._notice, Verdict.RETURN, reason)
        self.note(f"{REVIEWER}在系统内退回，意见：{reason}")
        self.desk.sit_down("信息员甲")
        last = Block(BlockKind.PARAGRAPH, "顺延的时间以本账号另行发布的通知为准。")
        content = replace(self._notice.content, blocks=(*self._notice.content.blocks, last))
        self._notice = self._submit(self.services.drafts.save(replace(self._notice, content=content)))
        self._repost = self.desk.pass_steps(self._repost, 2)
        self.note("转载一件：初审、保密审查在系统内同意，主要领导在纸上签批")

    def _submit(self, draft: Draft) -> Draft:
        self.services.sign_in.sign_out()
        author = next(name for name, key in self.desk.people.items() if key == draft.author_id)
        self.desk.sit_down(author)
        saved = self.services.drafts.submit(draft.id, draft.version)
        self.note(f"{author}提交：{saved.number}第{saved.revision}稿“{saved.content.title}”")
        return saved

    def print_sheets(self) -> None:
        """6: the review sheets, and the list that lies on the pile."""
        self.step(6, "印发信息发布审核表")
        self.later()
        for key, draft in (("notice", self._notice), ("text", self._text), ("repost", self._repost)):
            self._print(key, draft)
        self.desk.sit_down(MANAGER)
        self.keep_sheet(self.services.papers.waiting_list(()))

    def _print(self, key: str, draft: Draft) -> None:
        self.desk.sit_down(MANAGER)
        paper = self.services.papers.review_sheet(draft.id)
        self.keep_sheet(paper)
        self.printed[key] = (draft, paper)
        self.note(f"{paper.file_name}，{paper.pages} 页")

    # ---- 7: scans --------------------------------------------------------------------------------

    def register_scans(self) -> None:
        """7: signed, scanned crookedly, read by their codes; the sheet of the first revision is refused."""
        from app.commands.demo_scans import register_all

        self.step(7, "签字后扫描：识别二维码，登记签批")
        self.later(days=1)
        register_all(self, self.printed)

    # ---- 8: publishing ---------------------------------------------------------------------------

    def publish(self) -> None:
        """8: packages, posts with links and screenshots; one differs, one has no link; earlier posts come in."""
        from app.commands.demo_posts import publish_all

        self.step(8, "取发布包，发布，登记")
        self.later(days=1)
        publish_all(self, self._notice, self._text, self._repost)

    def account_id(self, platform: str) -> str:
        """Return the id of the unit's account on a platform."""
        return self.desk.accounts[platform].id


def _licensed(block: Block) -> Block:
    """Give a picture the caption and licence that submission asks for."""
    if block.picture is None:
        return block
    caption = block.picture.caption or "活动场地示意"
    return replace(block, picture=replace(block.picture, caption=caption, licence="本单位制作"))
