"""Start the desktop, or run a command without a window: `main.py [--data DIR] [--as 姓名] [COMMAND]`."""

import sys


def main() -> int:
    """Hand over to a command when one is named, else to the window."""
    from app.commands import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
