"""People in a list: by name, and where two have one name, by what tells them apart."""

from collections import Counter
from collections.abc import Sequence

from app.models.staff import Person


def told_apart(people: Sequence[Person]) -> dict[str, str]:
    """Return how each person is called among some people, by id: 林晓, or 林晓（综合科 科员） beside another 林晓."""
    names, whole = Counter(person.name for person in people), Counter(map(_whole, people))
    met: Counter[str] = Counter()
    found: dict[str, str] = {}
    for person in people:
        text = person.name
        if names[person.name] > 1:
            text = _whole(person)
            if whole[text] > 1:
                met[text] += 1
                text += f"　第 {met[text]} 位"
        found[person.id] = text
    return found


def _whole(person: Person) -> str:
    post = " ".join(part for part in (person.department, person.duty) if part)
    return f"{person.name}（{post}）" if post else person.name
