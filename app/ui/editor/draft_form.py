"""The fields of the editor as one draft: shown from a draft, gathered into one."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from app.models.account import Account
from app.models.content import Content, Declarations, Source
from app.models.draft import Draft
from app.models.right import Right
from app.services.drafts import DraftView
from app.services.office import Services
from app.ui.editor.side_panel import SidePanel
from app.ui.editor.text_pane import TextPane


@dataclass(frozen=True)
class EditorFacts:
    """What the editor shows of one draft, read in one go."""

    view: DraftView
    accounts: tuple[Account, ...]
    """Those a draft may go to now."""
    known: tuple[Account, ...]
    categories: tuple[str, ...]
    started: bool = True
    """Whether the draft is kept already."""

    @property
    def lists(self) -> tuple[object, ...]:
        """What the fields offer to choose from."""
        return self.accounts, self.known, self.categories

    @property
    def captions(self) -> dict[str, str]:
        """Every account's caption by id."""
        return {account.id: account.caption for account in self.known}


def read_facts(services: Services, draft_id: str, *, started: bool = True) -> EditorFacts:
    """Read what the editor shows, of a blank draft where none was started; a job for the records lane."""
    view = services.drafts.view(draft_id) if started else services.drafts.blank(draft_id)
    actor, accounts = services.staff.actor(), services.accounts.targets()
    if view.draft.author_id == actor.person_id:
        accounts = tuple(account for account in accounts if actor.reach(Right.WRITE).covers((account.id,)))
    return EditorFacts(
        view,
        accounts,
        services.accounts.list(),
        services.drafts.categories(),
        started,
    )


class DraftForm:
    """Text pane and side panel taken together."""

    def __init__(self, pane: TextPane, panel: SidePanel, now: Callable[[], datetime]) -> None:
        self._pane, self._panel, self._now = pane, panel, now

    def load(self, facts: EditorFacts) -> None:
        """Show a draft in every field."""
        draft = facts.view.draft
        content = draft.content
        panel = self._panel
        panel.accounts.load(facts.accounts, facts.known, content.account_ids)
        panel.handling.load(draft, facts.categories, self._now())
        panel.source.load(content.source)
        panel.declarations.load(content.declarations)
        panel.attachments.load(content.attachments)
        panel.video.load(content.video)
        self._pane.load(content, facts.captions)

    def load_lists(self, facts: EditorFacts, draft: Draft) -> None:
        """Show accounts and categories anew around what is chosen."""
        self._panel.accounts.load(facts.accounts, facts.known, draft.content.account_ids)
        self._panel.handling.load(draft, facts.categories, self._now())

    def content(self) -> Content:
        """Gather the content as it stands; what an input method still composes is not in it."""
        main, panel = self._pane.main, self._panel
        chosen = panel.accounts.account_ids
        return Content(
            title=main.title.text,
            summary=main.summary.text,
            form=panel.handling.chosen_form,
            blocks=main.body.reading().blocks,
            attachments=panel.attachments.attachments,
            video=panel.video.video,
            account_ids=chosen,
            variants=tuple(v for v in self._pane.variants() if v.account_id in chosen),
            source=panel.source.source,
            declarations=panel.declarations.declarations,
        )

    def gather(self, draft: Draft) -> Draft:
        """Return a draft with everything that stands in the fields."""
        handling = self._panel.handling
        return replace(
            draft,
            content=self.content(),
            review_class=handling.chosen_class,
            urgency=handling.urgency,
            category=handling.chosen_category,
            planned_at=handling.moment,
        )

    def clear_secret(self) -> None:
        """Empty every field that can hold words or files, with all that could be undone."""
        self._pane.clear_secret()
        panel = self._panel
        panel.source.load(Source())
        panel.declarations.load(Declarations())
        panel.attachments.load(())
        panel.video.load(None)
