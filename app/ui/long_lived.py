"""Qt's binding counts on None, True and False living for ever; before Python 3.12 they did not.

PySide6 6.12 returns them without taking a reference, which from 3.12 on is right. Under 3.11 every call that
returns nothing takes one away, and after some ten thousand calls Python stops with `none_dealloc`.
"""

import sys

_PLENTY = 1 << 40


def keep_for_ever() -> None:
    """Give None, True, False and NotImplemented more references than anybody can take away."""
    if sys.version_info < (3, 12):
        import ctypes

        for lasting in (None, True, False, NotImplemented):
            count = ctypes.c_ssize_t.from_address(id(lasting))
            if count.value < _PLENTY:
                count.value += _PLENTY
