"""A password of an account while it is in memory: it is not shown, copied or written by chance.

No promise about memory: Python cannot empty it.
"""

import hmac
from collections.abc import Iterable
from typing import Final, NoReturn, final

from app.errors import FieldInvalidError, MissingFieldError
from app.models.storable import storable

HIDDEN: Final = "‹已隐藏›"


@final
class Secret:
    """A password exactly as typed; `reveal` is the one way out (article 6).

    Raises `MissingFieldError` when it is empty and `FieldInvalidError` when it holds what nobody can type or see
    (a line break, a tab, a control character, half a character).
    """

    __slots__ = ("__text",)

    def __init__(self, text: str) -> None:
        if not text:
            raise MissingFieldError("account_password")
        if storable(text) != text or any(sign in text for sign in "\t\n\r\u2028\u2029\x85"):
            raise FieldInvalidError("account_password")
        self.__text = text

    def reveal(self) -> str:
        """Return the password itself."""
        return self.__text

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(self.__text.encode("utf-8"), other.__text.encode("utf-8"))

    # What can be hashed can be looked up in a table that outlives it.
    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return HIDDEN

    def __format__(self, spec: str) -> str:
        return HIDDEN

    def __getstate__(self) -> NoReturn:
        raise TypeError("a secret is neither copied nor pickled")


def equals_any(secret: Secret, others: Iterable[Secret]) -> bool:
    """Say whether a password equals one of the others; all are compared, whatever the first ones say."""
    found = False
    for other in others:
        found |= secret == other
    return found
