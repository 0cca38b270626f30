"""The accounts a post can have gone out on: those still waited for first, with what is to be known of the others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.labels import label
from app.models.account import Account
from app.models.publication import Publication, TargetState
from app.services.account_list import PUBLISHABLE
from app.services.drafts import DraftView


@dataclass(frozen=True)
class TargetChoice:
    """`choices` are (words, account id) in the order of a list."""

    waiting: frozenset[str] = frozenset()
    recorded: frozenset[str] = frozenset()
    choices: tuple[tuple[str, str], ...] = field(default=())

    @property
    def first(self) -> int:
        """Which choice goes without saying, or -1."""
        known = len(self.choices) == 1 or (self.choices and self.choices[0][1] in self.waiting)
        return 0 if known else -1


def target_choice(view: DraftView | None, accounts: Sequence[Account], posts: Iterable[Publication]) -> TargetChoice:
    """Sort the accounts that may be recorded for one draft, or for a text without one."""
    own = {account.id for account in accounts}
    targets = [target for target in view.targets if target.account_id in own] if view is not None else []
    waiting = frozenset(target.account_id for target in targets if target.state is TargetState.WAITING)
    recorded = frozenset(p.account_id for p in posts if view is not None and p.revision == view.draft.revision)
    meant = {account_id for one in (view.stood if view else ()) for account_id in one.revision.content.account_ids}

    def words(account: Account) -> str:
        if account.id in recorded:
            return "（已登记）"
        if view is not None and account.id not in waiting | meant:
            return "（不在发布账号内）"
        return "" if account.state in PUBLISHABLE else f"（{label(account.state)}）"

    ordered = sorted(accounts, key=lambda a: (a.id in recorded, a.id not in waiting, a.caption))
    return TargetChoice(waiting, recorded, tuple((a.caption + words(a), a.id) for a in ordered))
