"""What everybody of a made-up office does at one desk: each act as the person whose act it is, at its hour."""

import tempfile
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path

from app.intake.made_up_pictures import landscape, telephone_view
from app.intake.signed_scan import Handling, Signature, bound_scan, signed_pages
from app.labels import label, long_moment
from app.models.account import Account
from app.models.clock import beijing_day
from app.models.content import Block, BlockKind, Picture
from app.models.draft import Draft
from app.models.review import ReviewStep, StepKind, Verdict
from app.models.right import Role
from app.services.office import Services
from app.services.publications import PublicationEntry
from app.services.reviews import PaperDecision
from app.services.sample_clock import SampleClock
from app.services.sample_material import SAMPLE_PASSCODE

PASSING = {StepKind.SECRECY_REVIEW: Verdict.PUBLIC}
_OPINIONS = {
    StepKind.FIRST_REVIEW: "事实已核对。",
    StepKind.SECRECY_REVIEW: "",
    StepKind.PRINCIPAL_LEADER: "同意发布。",
}


class SampleDesk:
    """Acts as one person after another; everybody is known by name, accounts by platform."""

    def __init__(self, services: Services, clock: SampleClock, font: Path) -> None:
        self.services, self.clock, self._font = services, clock, font
        lines = services.staff.list()
        self.people = {line.person.name: line.person.id for line in lines}
        self._holders = {role: line.person.id for line in reversed(lines) for role in line.roles}
        self._names = {line.person.id: line.person.name for line in lines}
        self.accounts: dict[str, Account] = {a.platform: a for a in services.accounts.list()}

    def holder(self, role: Role) -> str:
        """Return the name of who holds a role."""
        return self._names[self._holders[role]]

    def sit_down(self, name: str) -> None:
        """Let a person act from now on."""
        self.services.session.person_id = self.people[name]

    def picture(self, caption: str, licence: str) -> Block:
        """Draw a picture for a body and store it."""
        block = self.services.imports.picture_block(landscape(caption), f"{caption[:12]}.jpg")
        assert block.picture is not None
        return Block(BlockKind.PICTURE, picture=Picture(block.picture.sha256, block.picture.name, caption, licence))

    def decide(self, draft: Draft, verdict: Verdict, opinion: str = "") -> Draft:
        """Decide the open step on screen as its role's holder."""
        step = self.services.drafts.view(draft.id).open_step
        assert step is not None
        self.sit_down(self.holder(step.role))
        return self.services.reviews.decide(draft.id, draft.revision, verdict, opinion, SAMPLE_PASSCODE)

    def pass_steps(self, draft: Draft, count: int) -> Draft:
        """Pass so many steps on screen, a few minutes apart."""
        for _ in range(count):
            step = self.services.drafts.view(draft.id).open_step
            assert step is not None
            draft = self.decide(draft, passing(step), _OPINIONS.get(step.kind, ""))
            self.clock.move_to(self.clock() + timedelta(minutes=7))
        return draft

    def sign_on_paper(self, draft: Draft, handling: Handling) -> Draft:
        """Print the sheet, let every open step sign it by hand, scan it and register what is written on it."""
        manager = self.holder(Role.ACCOUNT_MANAGER)
        self.sit_down(manager)
        sheet = self.services.papers.review_sheet(draft.id)
        steps = self.open_steps(draft)
        signed_at = [self.clock() + timedelta(minutes=20 * (n + 1)) for n in range(len(steps))]
        signatures = [
            Signature(self.holder(step.role), label(passing(step)), at)
            for step, at in zip(steps, signed_at, strict=True)
        ]
        scan = signed_pages(sheet.data, signatures, handling)
        self.clock.move_to(signed_at[-1] + timedelta(minutes=30))
        with tempfile.TemporaryDirectory() as folder:
            path = kept_scan(Path(folder), "签字审核表", scan)
            decisions = tuple(
                PaperDecision(
                    step.position,
                    passing(step),
                    _OPINIONS.get(step.kind, ""),
                    self._holders[step.role],
                    beijing_day(at),
                    at,
                )
                for step, at in zip(steps, signed_at, strict=True)
            )
            return self.services.reviews.register_paper(draft.id, draft.revision, decisions, path)

    def open_steps(self, draft: Draft) -> Sequence[ReviewStep]:
        """Return the steps of a draft that are still to be decided, in order."""
        view = self.services.drafts.view(draft.id)
        first = view.open_step
        return [] if first is None else [step for step in view.steps if step.position >= first.position]

    def publish(self, draft: Draft, platforms: Iterable[str], *, without_link: str = "") -> None:
        """Publish on some platforms by hand and record each with link, text and screenshot."""
        self.sit_down(self.holder(Role.ACCOUNT_MANAGER))
        packages = {p.account_id: p.content for p in self.services.publications.packages(draft.id)}
        for platform in platforms:
            account = self.accounts[platform]
            content = packages[account.id]
            text = "\n".join(block.plain for block in content.blocks if not block.picture)
            when = self.clock() - timedelta(minutes=6)
            shot = self.screenshot(account.caption, content.title, text)
            link = f"https://{account.handle or 'post'}.example.cn/{draft.id[:8]}".replace("_", "-")
            entry = PublicationEntry(
                account.id,
                when,
                "" if platform == without_link else link,
                f"{content.title}\n{text}",
                (shot,),
            )
            self.services.publications.record(draft.id, entry)
            self.clock.move_to(self.clock() + timedelta(minutes=9))

    def screenshot(self, account: str, title: str, text: str) -> bytes:
        """Draw what a post looks like on a telephone now."""
        return telephone_view(account, title, text, long_moment(self.clock()), self._font)


def passing(step: ReviewStep) -> Verdict:
    """Return the verdict that passes a step."""
    return PASSING.get(step.kind, Verdict.AGREE)


def kept_scan(folder: Path, name: str, pages: Sequence[bytes]) -> Path:
    """Write a scan as the scanner gives it: one page as JPEG, several as PDF."""
    path = folder / f"{name}.{'jpg' if len(pages) == 1 else 'pdf'}"
    path.write_bytes(pages[0] if len(pages) == 1 else bound_scan(pages))
    return path
