"""Run before the program: what it starts (a file manager, say) shall find the system's libraries, not its own.

The bootloader points LD_LIBRARY_PATH at the program's folder. The loader has read it by now.
"""

import os

_before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
if _before is None:
    os.environ.pop("LD_LIBRARY_PATH", None)
else:
    os.environ["LD_LIBRARY_PATH"] = _before
