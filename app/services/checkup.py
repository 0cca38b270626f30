"""Looking over a data folder and the PC it lies on: nothing is changed, and every finding is one sentence."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from app.errors import AppError, AttachmentMissingError, AuditBrokenError
from app.labels import size_text, words_said
from app.messages import explain
from app.models.papercode import grouped
from app.models.self_check import Look
from app.services.audit_desk import checked_chain
from app.services.backup_desk import lacking_files
from app.services.file_removal import given_up
from app.services.pc_check import SelfCheck
from app.services.record_room import RecordRoom
from app.storage.database import connect, is_whole

LEAST_FREE = 1_000_000_000
"""Bytes that a month's scans and screenshots may well need."""
_NAMED = 5
"""Files that are named before the rest is only counted."""


class Checkup:
    """Looks one thing over after the other; one that fails never hides the next."""

    def __init__(self, room: RecordRoom, pc: SelfCheck, fonts: tuple[Path, ...]) -> None:
        self._room, self._pc, self._fonts = room, pc, fonts

    def looks(self) -> Iterator[Look]:
        """Look over records first, then the PC."""
        yield from self.record_looks()
        yield from self._pc.looks()

    def record_looks(self) -> Iterator[Look]:
        """Look over the records alone; every stored file is read."""
        for subject, look in (
            ("数据库", self._database),
            ("审计记录", self._audit),
            ("附件", self._files),
            ("制度参数", self._policy),
            ("磁盘空间", self._space),
            ("字体", self._typefaces),
        ):
            try:
                fine, sentence = look()
            except AppError as error:
                fine, sentence = False, str(explain(error))
            yield Look(subject, fine, sentence)

    def _database(self) -> tuple[bool | None, str]:
        path = self._room.store.path
        db = connect(path, query_only=True)
        try:
            whole = is_whole(db)
        finally:
            db.close()
        if whole:
            return True, f"完整，{size_text(path.stat().st_size)}。"
        return False, "没有通过完整性核对，请不要删除任何文件，请用最近的备份恢复。"

    def _audit(self) -> tuple[bool | None, str]:
        with self._room.store.reading() as unit:
            report = checked_chain(unit)
        if report.broken_at:
            raise AuditBrokenError(report.broken_at)
        if said := words_said(report.words):
            return False, f"前后相接，但{said}。请先备份，再与审计员一起用纸面核对。"
        return True, f"共 {report.entries} 条，前后相接，文字与记录时一致，存证号 {grouped(report.head.hash)}。"

    def _files(self) -> tuple[bool | None, str]:
        # First what lies there: what is kept while this runs is then on record.
        lying = self._room.files.digests()
        with self._room.store.reading() as unit:
            stored, owed = unit.files.list(), given_up(unit)
        bad = []
        for file in stored:
            try:
                self._room.files.read(file.sha256)
            except AttachmentMissingError:
                bad.append(file.sha256)
        if bad:
            with self._room.store.reading() as unit:
                named = lacking_files(unit, bad)
            words = "；".join(f"{file}，指纹开头 {file.sha256[:8].upper()}" for file in named[:_NAMED])
            words += f"；等 {len(named)} 处" if len(named) > _NAMED else ""
            return False, f"{len(stored)} 个中有 {len(bad)} 个不见了或被改动：{words}。请从备份中找回。"
        left = lying & set(owed)
        if left:
            return False, f"有 {len(left)} 个应当删除的文件还没有删除，请关闭打开它的程序，再启动一次本程序。"
        stray = len(lying - {file.sha256 for file in stored})
        also = f"另有 {stray} 个没有登记，不影响使用。" if stray else ""
        return True, f"{len(stored)} 个，共 {size_text(sum(file.size for file in stored))}，都在，没有改动。{also}"

    def _policy(self) -> tuple[bool | None, str]:
        today = self._room.today()
        with self._room.store.reading() as unit:
            version, calendar = unit.policies.current(today), unit.workdays.calendar()
            adopted = unit.policies.adopted_digest(version.version)
        if version.policy.digest != adopted:
            return False, f"第 {version.version} 版的内容与启用时不同。"
        if not calendar.announced(today):
            return False, f"第 {version.version} 版；{today.year}年节假日安排没有录入，请在“设置”的工作日表中补上。"
        return True, f"第 {version.version} 版，{today.year}年节假日安排已录入。"

    def _space(self) -> tuple[bool | None, str]:
        free = shutil.disk_usage(self._room.store.folder).free
        if free < LEAST_FREE:
            return False, f"只剩 {size_text(free)}，请腾出至少 {size_text(LEAST_FREE)}。"
        return True, f"剩余 {size_text(free)}。"

    def _typefaces(self) -> tuple[bool | None, str]:
        gone = [font.name for font in self._fonts if not font.is_file()]
        if gone:
            return False, f"缺少 {'、'.join(gone)}，请重新安装本程序。"
        return True, f"印发文件用的 {len(self._fonts)} 种字体都在。"
