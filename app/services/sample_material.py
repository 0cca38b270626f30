"""The made-up office of resources/sample as plain values: unit, people, accounts, and what became of each draft."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from app.models.content import Block, BlockKind, Content, Declarations, Origin, Source, Variant
from app.models.draft import ReviewClass, Urgency
from app.models.right import Role
from app.services.setup import AccountPlan, PersonPlan, SetupPlan, UnitPlan

SAMPLE_PASSCODE = "xianshen-sample"
"""The passcode of everybody in the sample; it stands on their sign-in page."""


class Walk(StrEnum):
    """How far a made-up draft has come."""

    WRITING = "writing"
    FIRST = "first"
    SECRECY = "secrecy"
    PRINCIPAL = "principal"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    VOID = "void"
    APPROVED = "approved"
    PUBLISHING = "publishing"
    PUBLISHED = "published"
    PUBLISHED_SECOND = "published_second"
    PUBLISHED_SCREEN = "published_screen"


@dataclass(frozen=True)
class SampleDraft:
    """One made-up draft; it begins on `day` of last month, or `ago` days before today when `day` is 0."""

    title: str
    author: str
    category: str
    platforms: tuple[str, ...]
    body: tuple[str, ...]
    variant: tuple[str, ...]
    walk: Walk
    day: int = 0
    ago: int = 0
    review_class: ReviewClass = ReviewClass.ORDINARY
    urgency: Urgency = Urgency.NORMAL
    picture: tuple[str, str] = ("", "")
    """Caption and licence of a picture to be drawn; two empty texts mean none."""
    source: tuple[str, ...] = ()
    """Unit, original title and link of a repost."""
    returned: str = ""
    missing_link: str = ""
    second: bool = False

    def content(self, accounts: dict[str, str], variants: frozenset[str], picture: Block | None = None) -> Content:
        """Return the draft's content; `accounts` gives an account id a platform, `variants` those with a text apart."""
        blocks = tuple(Block(BlockKind.PARAGRAPH, line) for line in self.body)
        apart = tuple(Block(BlockKind.PARAGRAPH, line) for line in self.variant)
        return Content(
            title=self.title,
            summary=self.body[0][:60] if len(self.body) > 2 else "",
            blocks=(*blocks[:1], picture, *blocks[1:]) if picture else blocks,
            account_ids=tuple(accounts[platform] for platform in self.platforms),
            variants=tuple(
                Variant(accounts[platform], "", apart)
                for platform in self.platforms
                if accounts[platform] in variants and apart
            ),
            source=Source(Origin.REPOST, *self.source) if self.source else Source(),
            declarations=Declarations(no_secrets=self.walk is not Walk.WRITING),
        )


@dataclass(frozen=True)
class SampleMaterial:
    """Everything the sample is made of."""

    setup: SetupPlan
    drafts: tuple[SampleDraft, ...]
    folder: Path
    """Where the files lie that came from other programs."""


def read_sample(folder: Path) -> SampleMaterial:
    """Read `office.toml` of the sample."""
    raw = tomllib.loads((folder / "office.toml").read_text("utf-8"))
    people = tuple(
        PersonPlan(
            p["name"],
            p["department"],
            p["duty"],
            frozenset(Role(role) for role in p["roles"]),
            signs_in=p.get("signs_in", True),
        )
        for p in raw["people"]
    )
    plan = SetupPlan(
        unit=UnitPlan(**raw["unit"]),
        people=people,
        accounts=tuple(AccountPlan(**a) for a in raw["accounts"]),
        sample=True,
        second_person=next(n for n, p in enumerate(people) if Role.ACCOUNT_MANAGER in p.roles),
    )
    return SampleMaterial(plan, tuple(map(_draft, raw["drafts"])), folder)


def _draft(raw: dict[str, Any]) -> SampleDraft:
    caption, _, licence = raw.get("picture", "").partition("|")
    return SampleDraft(
        title=raw["title"],
        author=raw["author"],
        category=raw["category"],
        platforms=tuple(raw["accounts"]),
        body=_lines(raw["body"]),
        variant=_lines(raw.get("variant", "")),
        walk=Walk(raw["walk"]),
        day=raw.get("day", 0),
        ago=raw.get("ago", 0),
        review_class=ReviewClass(raw.get("class", "ordinary")),
        urgency=Urgency.URGENT if raw.get("urgent") else Urgency.NORMAL,
        picture=(caption, licence),
        source=tuple(raw.get("source", ())),
        returned=raw.get("returned", ""),
        missing_link=raw.get("missing_link", ""),
        second=raw.get("second", False),
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.strip().splitlines() if line.strip())
