"""A whole office on a real database: a unit, its people with passcodes, its accounts, and a clock to set."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from argon2 import PasswordHasher

from app.bootstrap import Services, open_services
from app.models.clock import BEIJING
from app.models.content import Block, BlockKind, Content, Declarations
from app.models.draft import Draft
from app.models.records import StoredFile
from app.models.review import ReviewStep, StepKind, Verdict
from app.models.right import Role
from app.models.staff import Person
from app.services.reviews import PaperDecision
from app.services.setup import AccountPlan, PersonPlan, SetupPlan, UnitPlan
from app.vault.passcode_hash import PasscodeHasher

PASSCODE = "shuiniu-cheku-1937"
START = datetime(2026, 10, 12, 9, 0, tzinfo=BEIJING)

PEOPLE = {
    "林晓": {Role.INFORMATION_OFFICER},
    "陈账": {Role.ACCOUNT_MANAGER, Role.ARCHIVIST},
    "吴审": {Role.REVIEWER},
    "郑密": {Role.SECRECY_REVIEWER},
    "何副": {Role.DEPUTY_LEADER},
    "王局": {Role.PRINCIPAL_LEADER},
    "许管": {Role.ADMINISTRATOR},
    "周计": {Role.AUDITOR},
}
DECIDERS = {
    StepKind.FIRST_REVIEW: "吴审",
    StepKind.COPY_EDIT: "吴审",
    StepKind.SECRECY_REVIEW: "郑密",
    StepKind.DEPUTY_LEADER: "何副",
    StepKind.PRINCIPAL_LEADER: "王局",
}


@dataclass
class SetClock:
    """A clock that moves only when it is told to, and a second with each look."""

    now: datetime = START

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def forward(self, **span: float) -> None:
        self.now += timedelta(**span)


def signed_page(name: str) -> bytes:
    """Make a PDF of one empty page, another for each name."""
    objects = b"""1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]>> endobj
trailer <</Root 1 0 R>>
%%EOF"""
    return b"%PDF-1.4\n% a signed sheet " + name.encode() + b"\n" + objects


def cheap_hasher() -> PasscodeHasher:
    return PasscodeHasher(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@dataclass
class Office:
    """The services with what tests do again and again."""

    folder: Path
    clock: SetClock = field(default_factory=SetClock)

    def __post_init__(self) -> None:
        self.services: Services = open_services(self.folder, self.clock, hasher=cheap_hasher())

    def open(self) -> "Office":
        """Set up the unit and let everybody choose a passcode."""
        people = tuple(
            PersonPlan(name, "办公室", "", frozenset(roles), signs_in=True) for name, roles in PEOPLE.items()
        )
        plan = SetupPlan(
            UnitPlan("JA-SL-01", "福州市晋安区示例局", "示例局", "", "晋示"),
            people,
            (AccountPlan("微信公众号", "晋安示例"), AccountPlan("微博", "晋安示例发布", needs_variant=True)),
            second_person=0,
        )
        for code in self.services.setup.run(plan):
            if code.person_id != "recovery":
                self.services.sign_in.choose(code.person, code.code, PASSCODE)
        self.services.sign_in.sign_out()
        return self

    def sign_in(self, name: str) -> Services:
        if self.services.session.person_id:
            self.services.sign_in.sign_out()
        self.services.sign_in.sign_in(name, PASSCODE)
        return self.services

    def person(self, name: str) -> Person:
        return next(line.person for line in self.services.staff.list() if line.person.name == name)

    def account_ids(self) -> tuple[str, ...]:
        return tuple(account.id for account in self.services.accounts.list())

    def content(
        self, title: str = "关于冬季用电用气安全的提示", body: str = "请先开窗、关阀，到室外拨打抢修电话。"
    ) -> Content:
        return Content(
            title=title,
            blocks=(Block(BlockKind.PARAGRAPH, body),),
            account_ids=self.account_ids()[:1],
            declarations=Declarations(no_secrets=True),
        )

    def submitted(self, content: Content | None = None, author: str = "林晓") -> Draft:
        """Write and submit a draft."""
        services = self.sign_in(author)
        draft = services.drafts.start(content or self.content())
        return services.drafts.submit(draft.id, draft.version)

    def scan(self, name: str = "scan.pdf") -> Path:
        path = self.folder.parent / name
        path.write_bytes(signed_page(name))
        return path

    def signed(self, step: ReviewStep, verdict: Verdict | None = None, opinion: str = "") -> PaperDecision:
        """Return what the right person wrote on the sheet today at one step."""
        usual = Verdict.PUBLIC if step.kind is StepKind.SECRECY_REVIEW else Verdict.AGREE
        return PaperDecision(
            step.position,
            verdict or usual,
            opinion,
            self.person(DECIDERS[step.kind]).id,
            self.clock.now.astimezone(BEIJING).date(),
        )

    def approved(self, content: Content | None = None) -> Draft:
        """Carry a draft through its whole chain on paper."""
        draft = self.submitted(content)
        services = self.sign_in("陈账")
        steps = services.drafts.view(draft.id).steps
        decisions = tuple(self.signed(step) for step in steps)
        return services.reviews.register_paper(draft.id, draft.revision, decisions, self.scan())

    def stored(self, data: bytes) -> StoredFile:
        digest = self.services.drafts.keep_file(data)
        return StoredFile(digest, len(data))
