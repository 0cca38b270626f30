"""How people are called at the door, and who is meant by what stands there."""

from app.models.person_names import told_apart, whole_name
from app.models.staff import Person
from app.storage.unit_of_work import UnitOfWork


def called_at_door(unit: UnitOfWork) -> dict[str, str]:
    """Return how those who sign in are called, by id; namesakes with what tells them apart."""
    return told_apart([person for person in unit.people.list() if person.signs_in])


def meant(unit: UnitOfWork, name: str) -> list[Person]:
    """Return who is meant: the one who was chosen in the list, or everybody of a name that was typed."""
    called = called_at_door(unit)
    return [p for p in unit.people.list() if name in (p.name, whole_name(p), called.get(p.id))]
