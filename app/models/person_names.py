"""People in a list: by name, and where two have one name, by what tells them apart."""

from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from app.models.staff import Person


class Named(Protocol):
    """Somebody on file, or still in the plan of a set-up."""

    @property
    def name(self) -> str:
        """What the person is called."""

    @property
    def department(self) -> str:
        """Where the person works."""

    @property
    def duty(self) -> str:
        """What the person does there."""


def told_apart(people: Sequence[Person]) -> dict[str, str]:
    """Return how each person is called among some people, by id: 林晓, or 林晓（综合科 科员） beside another 林晓."""
    return dict(zip((person.id for person in people), names_apart(people), strict=True))


def names_apart(people: Sequence[Named]) -> tuple[str, ...]:
    """Return how each is called among the others, in their order; no two are called alike."""
    names, whole = Counter(person.name for person in people), Counter(map(whole_name, people))
    met: Counter[str] = Counter()
    found = []
    for person in people:
        text = person.name
        if names[person.name] > 1:
            text = whole_name(person)
            if whole[text] > 1:
                met[text] += 1
                text += f"　第 {met[text]} 位"
        found.append(text)
    return tuple(found)


def whole_name(person: Named) -> str:
    """Return the name with department and duty, as far as there are any: 林晓（综合科 科员）."""
    post = " ".join(part for part in (person.department, person.duty) if part)
    return f"{person.name}（{post}）" if post else person.name
