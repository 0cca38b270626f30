"""Reading a command line: a table of commands, and a Chinese sentence for everything that is written wrong."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path


class WrongUseError(Exception):
    """The command line does not say what to do; holds the sentence for the person, and leads to exit code 2."""


@dataclass(frozen=True)
class Option:
    """One option; `value` names what follows it and is empty for a flag."""

    name: str
    value: str
    meaning: str
    needed: bool = False
    default: str = ""


@dataclass(frozen=True)
class Request:
    """What a person asked for: the command's options by name without dashes, and what stands after them."""

    command: str = ""
    data: Path | None = None
    person: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    operands: tuple[str, ...] = ()

    def has(self, name: str) -> bool:
        """Say whether an option was given."""
        return name in self.values

    def text(self, name: str) -> str:
        """Return the value of an option, or its default."""
        return self.values.get(name, "")

    def path(self, name: str) -> Path:
        """Return the value of an option as a path."""
        return Path(self.values[name])


@dataclass(frozen=True)
class Command:
    """One command as the help shows it; `load` brings its work only when it is run."""

    name: str
    meaning: str
    load: Callable[[], Callable[[Request], int]]
    options: tuple[Option, ...] = ()
    operand: str = ""
    many: bool = False

    @property
    def usage(self) -> str:
        """The one line that shows how it is written."""
        parts = [self.name]
        if self.operand:
            parts.append(self.operand + ("…" if self.many else ""))
        for option in self.options:
            written = f"{option.name} {option.value}".rstrip()
            parts.append(written if option.needed else f"[{written}]")
        return " ".join(parts)


DATA = Option("--data", "DIR", "数据文件夹；不写就用本机默认的位置")
PERSON = Option("--as", "姓名", "以谁的身份办理；口令在终端上询问，或从标准输入读取一行")
HELP = Option("--help", "", "显示本说明")
VERSION = Option("--version", "", "显示版本")
GENERAL = (DATA, PERSON, HELP, VERSION)
SELF_TEST = Option("--self-test", "", "检查本程序装得是否完整，不动任何数据；单独使用")


def parse(arguments: Sequence[str], commands: Mapping[str, Command]) -> Request:
    """Read a command line; the general options may stand before or after the command.

    Raises `WrongUseError` with the sentence for the person.
    """
    rest, values, operands = list(arguments), dict[str, str](), list[str]()
    command: Command | None = None
    while rest:
        word = rest.pop(0)
        if word == "--":
            operands += rest
            break
        if word.startswith("-") and len(word) > 1:
            name, value = _option(word, rest, (*GENERAL, *(command.options if command else (SELF_TEST,))), command)
            values[name] = value
        elif command is None:
            command = _command(word, commands)
        else:
            operands.append(word)
    if {"help", "version"} & values.keys():
        return Request(command=command.name if command else "", values=values)
    if "self-test" in values and (command is not None or operands or len(values) > 1):
        raise WrongUseError("选项“--self-test”要单独使用。")
    data, person = values.pop("data", None), values.pop("as", "")
    if command is None and operands:
        raise WrongUseError(f"不认识的命令“{operands[0]}”。")
    if command is not None:
        _check(command, values, operands)
        values = {o.name[2:]: o.default for o in command.options if o.default} | values
    return Request(
        command=command.name if command else "",
        data=Path(data) if data is not None else None,
        person=person,
        values=values,
        operands=tuple(operands),
    )


def _command(word: str, commands: Mapping[str, Command]) -> Command:
    if word in commands:
        return commands[word]
    near = get_close_matches(word, commands, 1)
    raise WrongUseError(f"不认识的命令“{word}”。" + (f"是不是“{near[0]}”？" if near else ""))


def _option(word: str, rest: list[str], options: Sequence[Option], command: Command | None) -> tuple[str, str]:
    name, given, value = word.partition("=")
    name = "--help" if name == "-h" else name
    option = next((o for o in options if o.name == name), None)
    if option is None:
        near = get_close_matches(name, [o.name for o in options], 1)
        where = f"命令“{command.name}”没有选项" if command else "不认识的选项"
        raise WrongUseError(f"{where}“{name}”。" + (f"是不是“{near[0]}”？" if near else ""))
    if not option.value:
        if given:
            raise WrongUseError(f"选项“{name}”后面不跟内容。")
        return name[2:], ""
    if not given:
        if not rest or rest[0].startswith("--"):
            raise WrongUseError(f"选项“{name}”后面要写{option.value}。")
        value = rest.pop(0)
    if not value.strip():
        raise WrongUseError(f"选项“{name}”后面要写{option.value}，不能是空的。")
    return name[2:], value


def _check(command: Command, values: Mapping[str, str], operands: Sequence[str]) -> None:
    for option in command.options:
        if option.needed and option.name[2:] not in values:
            raise WrongUseError(f"命令“{command.name}”少了选项“{option.name} {option.value}”。")
    if command.operand and not operands:
        raise WrongUseError(f"命令“{command.name}”后面要写{command.operand}。")
    allowed = len(operands) if command.operand and command.many else int(bool(command.operand))
    if len(operands) > allowed:
        raise WrongUseError(f"命令“{command.name}”后面多了“{operands[allowed]}”。")
