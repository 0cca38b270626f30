"""Publishing by hand and recording what went out (article 15(1)): a publication is a fact."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from app.errors import (
    AlreadyPublishedError,
    FieldTooLongError,
    MissingFieldError,
    NotApprovedError,
    NotFoundError,
    PublishedEarlierError,
    ReasonNeededError,
    RecordAlteredError,
)
from app.models.approval import APPROVED_STATES, is_recorded
from app.models.clock import beijing_day, to_text
from app.models.content import Content
from app.models.draft import DRAFT_LIFECYCLE, TEXT_LIMIT, Draft, DraftAction
from app.models.publication import Publication, PublicationKind, Target, TargetState
from app.models.records import StatementKind, UseKind
from app.models.right import Right
from app.models.storable import storable, storable_record
from app.models.visible_text import has_words
from app.services.decided_revisions import judged_post
from app.services.earlier_publications import EarlierPublications
from app.services.page_line_record import state_page_lines, stated_page_lines
from app.services.post_text import Comparison, checked_link, compare_texts
from app.services.publishing_progress import move_on
from app.services.record_room import RecordRoom
from app.services.written_words import refuse_marked_words


@dataclass(frozen=True)
class PublicationEntry:
    """What a person enters about one post on one account."""

    account_id: str
    published_at: datetime
    link: str = ""
    published_text: str = ""
    screenshots: tuple[Path | bytes, ...] = ()
    who: str = ""
    why: str = ""
    done: str = ""
    note_title: str = ""
    """The title, when the post belongs to no draft."""
    page_lines: tuple[int, ...] = ()
    """Numbers of the lines of `published_text`, from 1, that the person says belong to the page."""


@dataclass(frozen=True)
class AccountPackage:
    """What one account is to publish."""

    account_id: str
    caption: str
    content: Content
    """With the account's own title and blocks in place of the main ones."""


class Publications:
    """The publishing desk."""

    def __init__(self, room: RecordRoom) -> None:
        self._room = room
        self.earlier = EarlierPublications(room)

    def packages(self, draft_id: str) -> tuple[AccountPackage, ...]:
        """Return the approved content for each target account, its variant applied.

        Raises `NotApprovedError` before approval: nothing unapproved leaves by this door.
        """
        with self._room.store.reading() as unit:
            draft = unit.drafts.get(draft_id)
            if draft.state not in APPROVED_STATES:
                raise NotApprovedError
            content = unit.revisions.get(draft_id, draft.revision).content
            return tuple(
                AccountPackage(
                    account_id,
                    unit.accounts.get(account_id).caption,
                    replace(content, title=content.title_for(account_id), blocks=content.blocks_for(account_id)),
                )
                for account_id in content.account_ids
            )

    def own_packages(self, draft_id: str) -> tuple[AccountPackage, ...]:
        """Return the packages of those target accounts for which the person at the desk publishes.

        Raises `RightMissingError` when that is none of them.
        """
        packages = self.packages(draft_id)
        with self._room.store.reading() as unit:
            reach = self._room.acting(unit, Right.PUBLISH).reach(Right.PUBLISH)
            own = tuple(package for package in packages if reach.covers((package.account_id,)))
            if not own:
                self._room.acting(unit, Right.PUBLISH, *(package.account_id for package in packages))
        return own

    def note_export(self, draft_id: str, account_id: str, way: str) -> None:
        """Record that the text of an approved draft was copied or written out."""
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.PUBLISH, account_id)
            self._room.record(
                unit, actor, "publication.export", f"draft:{draft_id}", {"account": account_id, "way": way}
            )

    def compare(
        self, draft_id: str, account_id: str, published_text: str, revision: int = 0, page_lines: tuple[int, ...] = ()
    ) -> Comparison:
        """Compare a published text with a revision's for that account, by default the latest's; as `compare_texts`."""
        with self._room.store.reading() as unit:
            submitted = unit.revisions.find(draft_id, revision or unit.drafts.get(draft_id).revision)
            account = unit.accounts.find(account_id)
        if submitted is None:
            return Comparison(False, ())
        name = account.name if account else ""
        return compare_texts(submitted.content, account_id, storable(published_text), page_lines, account_name=name)

    def record(self, draft_id: str, entry: PublicationEntry) -> Publication:
        """Record a post; whether it was reviewed is found out here, as of when it went out, and never chosen.

        A post of a text that was opened for change since moves neither the draft nor its target accounts.
        A post without approval, or one that differs, needs who, why and what was done (`ReasonNeededError`).
        Raises `PublishedEarlierError` for a time in the future, `AlreadyPublishedError` for a second record.
        """
        now = self._room.now()
        if entry.published_at > now:
            raise PublishedEarlierError
        entry = storable_record(entry)
        if len(entry.published_text) > TEXT_LIMIT:
            raise FieldTooLongError("published_text", TEXT_LIMIT, len(entry.published_text))
        link = checked_link(entry.link)
        self._room.require(Right.PUBLISH, entry.account_id)
        self._refuse_marks(draft_id, entry, link)
        with self._room.receiving(*entry.screenshots) as shots, self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.PUBLISH, entry.account_id)
            draft = unit.drafts.get(draft_id) if draft_id else None
            unit.accounts.get(entry.account_id)
            judged = judged_post(
                unit, draft, entry.account_id, entry.published_at, entry.published_text, entry.page_lines
            )
            kind, revision, content = judged.kind, judged.revision, judged.content
            number = revision.number if revision else 0
            posts = unit.publications.of_draft(draft_id) if draft else ()
            if is_recorded(posts, entry.account_id, revision, approved=judged.approved):
                raise AlreadyPublishedError
            if kind is not PublicationKind.REVIEWED and not (
                has_words(entry.who) and has_words(entry.why) and has_words(entry.done)
            ):
                raise ReasonNeededError
            title = content.title_for(entry.account_id) if content else entry.note_title.strip()
            if not has_words(title):
                raise MissingFieldError("title")
            publication = Publication(
                id=self._room.new_id(),
                kind=kind,
                account_id=entry.account_id,
                title=title,
                published_at=entry.published_at,
                recorded_at=now,
                recorded_by=actor.person_id,
                draft_id=draft_id,
                revision=number,
                link=link,
                published_text=entry.published_text,
                compared=judged.compared,
                matches=judged.matches,
                screenshot_sha256s=tuple(dict.fromkeys(shot.stored.sha256 for shot in shots)),
                who=entry.who.strip(),
                why=entry.why.strip(),
                done=entry.done.strip(),
                late=beijing_day(entry.published_at) != beijing_day(now),
            )
            bound = unit.publications.add(publication)
            for number, shot in enumerate(shots, start=1):
                source = entry.screenshots[number - 1]
                name = source.name if isinstance(source, Path) else f"截图{number}.png"
                self._room.keep(unit, shot, UseKind.SCREENSHOT, f"publication:{publication.id}", name, now)
            if draft and judged.approved and revision and revision.voided_at is None:
                unit.targets.save(Target(draft_id, entry.account_id, TargetState.PUBLISHED))
                move_on(unit, draft, now)
            facts: dict[str, object] = {
                "publication": publication.id,
                "kind": kind,
                "account": entry.account_id,
                "compared": judged.compared,
                "matches": judged.matches,
                "revision": publication.revision,
                "published_at": to_text(entry.published_at),
                "words": bound,
            }
            if judged.left_out:
                facts["left_out"] = [line.number for line in judged.left_out]
                bound |= state_page_lines(self._room, unit, actor, publication.id, judged.left_out)
            self._room.record(unit, actor, "publication.record", f"draft:{draft_id or 'none'}", facts)
        return publication

    def complete(self, publication_id: str, *, link: str = "", screenshots: Iterable[Path | bytes] = ()) -> Publication:
        """Add the link or screenshots that were missing when the post was recorded."""
        now = self._room.now()
        sources, link = tuple(screenshots), checked_link(storable(link))
        refuse_marked_words(self._room, "post", link)
        with self._room.store.reading() as unit:
            self._room.acting(unit, Right.PUBLISH, unit.publications.get(publication_id).account_id)
        with self._room.receiving(*sources) as shots, self._room.store.writing() as unit:
            before = unit.publications.get(publication_id)
            if before.kind is PublicationKind.ALTERED:
                raise RecordAlteredError("publication", publication_id)
            actor = self._room.acting(unit, Right.PUBLISH, before.account_id)
            for source, shot in zip(sources, shots, strict=True):
                name = source.name if isinstance(source, Path) else "截图.png"
                self._room.keep(unit, shot, UseKind.SCREENSHOT, f"publication:{publication_id}", name, now)
            digests = tuple(dict.fromkeys((*before.screenshot_sha256s, *(shot.stored.sha256 for shot in shots))))
            after = replace(before, link=link or before.link, screenshot_sha256s=digests)
            bound = unit.publications.update(after)
            added = [digest for digest in digests if digest not in before.screenshot_sha256s]
            facts: dict[str, object] = {"publication": publication_id, "screenshots": added, "words": bound}
            if after.link != before.link:
                facts["link"] = "changed" if before.link else "added"
                if before.link:
                    subject = f"publication:{publication_id}"
                    bound |= self._room.state(unit, actor, subject, StatementKind.LINK, before.link)
            self._room.record(unit, actor, "publication.complete", f"draft:{before.draft_id or 'none'}", facts)
        return after

    def drop_target(self, draft_id: str, account_id: str, reason: str) -> Draft:
        """Mark 不再发布 on one account that waits, with a reason; when nothing went out on any, the draft is void.

        Raises `AlreadyPublishedError` for an account on which it went out.
        """
        reason = storable(reason)
        if not has_words(reason):
            raise ReasonNeededError
        refuse_marked_words(self._room, "drop", reason)
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.PUBLISH, account_id)
            draft = unit.drafts.get(draft_id)
            DRAFT_LIFECYCLE.rule(draft.state, DraftAction.RECORD_PUBLICATION)
            target = next((t for t in unit.targets.list(draft_id) if t.account_id == account_id), None)
            if target is None:
                raise NotFoundError("account", account_id)
            if target.state is TargetState.PUBLISHED:
                raise AlreadyPublishedError
            unit.targets.save(Target(draft_id, account_id, TargetState.DROPPED, reason.strip()))
            saved = move_on(unit, draft, self._room.now())
            stated = self._room.state(unit, actor, f"draft:{draft_id}", StatementKind.DROP, reason.strip(), account_id)
            facts: dict[str, object] = {"account": account_id, "words": stated}
            self._room.record(unit, actor, "publication.drop", f"draft:{draft_id}", facts)
        return saved

    def get(self, publication_id: str) -> Publication:
        """Return one post."""
        with self._room.store.reading() as unit:
            return unit.publications.get(publication_id)

    def of_draft(self, draft_id: str) -> tuple[Publication, ...]:
        """Return the posts of a draft."""
        with self._room.store.reading() as unit:
            return unit.publications.of_draft(draft_id)

    def page_lines(self, publication_id: str) -> tuple[str, ...]:
        """Return the lines of a published text that were left out of its comparison, as they stand on record."""
        with self._room.store.reading() as unit:
            return stated_page_lines(unit, publication_id)

    def page(self, offset: int, limit: int) -> tuple[Publication, ...]:
        """Return posts, newest first."""
        with self._room.store.reading() as unit:
            return unit.publications.page(offset, limit)

    def count(self) -> int:
        """Return how many posts are on record."""
        with self._room.store.reading() as unit:
            return unit.publications.count()

    def _refuse_marks(self, draft_id: str, entry: PublicationEntry, link: str) -> None:
        """Refuse a post whose words carry a mark that no revision of its draft answers for."""
        with self._room.store.reading() as unit:
            last = unit.drafts.get(draft_id).revision if draft_id else 0
            found = [unit.revisions.find(draft_id, number) for number in range(1, last + 1)]
        answers = [key for revision in found if revision for key, _reason in revision.silenced]
        texts = (entry.who, entry.why, entry.done, entry.note_title, link, entry.published_text)
        refuse_marked_words(self._room, "post", *texts, answers=answers)
