"""What the register holds of an account beside its name and state (articles 3 to 6; fields of domain.md 3.1)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class OpenedFor(StrEnum):
    """In whose name an account stands; the last two are warned of, not blocked (article 1)."""

    UNIT = "unit"
    INTERNAL_BODY = "internal_body"
    PROJECT = "project"


class Certification(StrEnum):
    """Whether the platform has certified who keeps the account."""

    NONE = "none"
    ORGANISATION = "organisation"
    OTHER = "other"


class Owner(StrEnum):
    """To whom a bound telephone number or mail address belongs."""

    UNKNOWN = "unknown"
    UNIT = "unit"
    PERSON = "person"


class Interaction(StrEnum):
    """Ways in which people can answer; an account with none fails the national indicators."""

    COMMENTS = "comments"
    MESSAGES = "messages"
    PRIVATE_MESSAGES = "private_messages"
    AUTOMATIC_REPLIES = "automatic_replies"
    MENU = "menu"


class Charge(StrEnum):
    """What a person does for an account, as the filing form asks (article 5)."""

    LEADER = "leader"
    BACK_OFFICE = "back_office"
    INFORMATION_OFFICER = "information_officer"
    CUSTODIAN_A = "custodian_a"
    CUSTODIAN_B = "custodian_b"
    EMERGENCY_CONTACT = "emergency_contact"


SINGLE_CHARGES = frozenset({Charge.LEADER, Charge.CUSTODIAN_A, Charge.CUSTODIAN_B, Charge.EMERGENCY_CONTACT})
"""What one person alone does for an account."""


@dataclass(frozen=True)
class PersonInCharge:
    """A person on file with what they do for an account; `platform_role` is the platform's own word, e.g. 运营者."""

    charge: Charge
    person_id: str
    phone: str = ""
    platform_role: str = ""


@dataclass(frozen=True)
class Binding:
    """The telephone number or mail address that the platform knows, and whose it is."""

    value: str = ""
    owner: Owner = Owner.UNKNOWN


@dataclass(frozen=True)
class Particulars:
    """The descriptive part of the register; texts may be empty where the filing form lets them be."""

    kind: str = ""
    """账号类型, e.g. 订阅号; one of the platform's kinds or the unit's own word."""
    subject: str = ""
    """认证主体: must be the unit itself."""
    host_unit: str = ""
    """主办单位, empty for the unit itself."""
    certification: Certification = Certification.NONE
    certified_until: date | None = None
    opened_for: OpenedFor = OpenedFor.UNIT
    body_name: str = ""
    """The internal body or project whose name it bears."""
    scope: str = ""
    """信息发布范围 (article 5)."""
    function: str = ""
    """功能定位和开设理由."""
    field: str = ""
    """涉及领域."""
    rhythm: str = ""
    """拟更新频次."""
    interactions: tuple[Interaction, ...] = ()
    introduction: str = ""
    picture_sha256: str = ""
    department: str = ""
    """承办科室."""
    operator_id: str = ""
    """The outsourced operator, if there is one."""
    people: tuple[PersonInCharge, ...] = ()
    phone: Binding = Binding()
    mail: Binding = Binding()
    second_factor: str = ""
    terminal_ids: tuple[str, ...] = ()
    commercial: tuple[str, ...] = ()
    """Commercial functions of the platform that are switched on; expected none (article 15(1))."""
    national_registered_on: date | None = None
    """When it was entered in the national reporting system."""

    def in_charge(self, charge: Charge) -> tuple[PersonInCharge, ...]:
        """Return who does one thing for the account, in the order on file."""
        return tuple(one for one in self.people if one.charge is charge)

    def concerns(self, person_id: str) -> tuple[Charge, ...]:
        """Return what one person does for the account."""
        return tuple(one.charge for one in self.people if one.person_id == person_id)
