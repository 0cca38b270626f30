"""The platforms an account can stand on: a table the unit edits (article 1)."""

from dataclasses import dataclass
from enum import StrEnum


class PlatformClass(StrEnum):
    """Platforms of one class count as the same when accounts are counted (one account a unit and class)."""

    PUBLIC_ACCOUNT = "public_account"
    VIDEO_CHANNEL = "video_channel"
    MICROBLOG = "microblog"
    NEWS = "news"
    SHORT_VIDEO = "short_video"
    MINI_PROGRAM = "mini_program"
    MOBILE_CLIENT = "mobile_client"
    OTHER = "other"


class EntryWay(StrEnum):
    """How somebody gets into an account: by a password, or by an administrator's scan, which has none."""

    PASSWORD = "password"
    SCAN = "scan"
    BOTH = "both"


@dataclass(frozen=True)
class Platform:
    """One platform as the unit has it on its list."""

    name: str
    platform_class: PlatformClass
    entry: EntryWay
    kinds: tuple[str, ...] = ()
    """The platform's own kinds of account, e.g. 订阅号 and 服务号."""
    commercial: tuple[str, ...] = ()
    """Commercial functions that are expected to be off, e.g. 打赏."""
    password_least: int = 8
    password_most: int = 20
    position: int = 0
    retired: bool = False
    """No longer offered for new accounts."""
