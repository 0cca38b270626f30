"""The same services without a window: `main.py [--data DIR] [--as 姓名] [COMMAND]`."""

from app.commands.command_line import run

__all__ = ["run"]
