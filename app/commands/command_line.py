"""Which commands there are, and the one place where every error of a command becomes a sentence and an exit code."""

import contextlib
import errno
import os
import sys
from collections.abc import Callable, Sequence

from app.commands.arguments import GENERAL, SELF_TEST, Command, Option, Request, WrongUseError, parse
from app.commands.console import hand_out, prepare_streams, tell
from app.errors import AppError, MonthTextError

DONE, WANTING, WRONG_USE, INTERRUPTED = 0, 1, 2, 130

Work = Callable[[Request], int]


def _demo() -> Work:
    from app.commands.demo_command import run_demo

    return run_demo


def _check() -> Work:
    from app.commands.check_command import run_check

    return run_check


def _archive() -> Work:
    from app.commands.archive_command import run_archive

    return run_archive


def _verify() -> Work:
    from app.commands.verify_command import run_verify

    return run_verify


def _backup() -> Work:
    from app.commands.backup_command import run_backup

    return run_backup


def _restore() -> Work:
    from app.commands.restore_command import run_restore

    return run_restore


def _doctor() -> Work:
    from app.commands.doctor_command import run_doctor

    return run_doctor


def _sample() -> Work:
    from app.commands.sample_command import run_sample

    return run_sample


_JSON = Option("--json", "", "结果以 JSON 写到标准输出")
_TO = Option("--to", "DIR", "写到哪个文件夹或盘", needed=True)

COMMANDS = {
    command.name: command
    for command in (
        Command(
            "demo",
            "用示例稿件把全部工作做一遍，从首次设置到备份",
            _demo,
            (Option("--out", "DIR", "新建的文件夹，放结果", needed=True),),
        ),
        Command("check", "检查文字：证件号、手机号、银行卡号、密级标志等", _check, (_JSON,), "FILE", many=True),
        Command(
            "archive",
            "归档一个月，读回核对后封存",
            _archive,
            (
                Option("--month", "YYYY-MM", "哪个月", needed=True),
                _TO,
                Option("--explain", "FILE", "缺项说明：每行“缺项编号<制表符>说明”"),
                Option("--reason", "理由", "重新封存的理由"),
            ),
        ),
        Command("verify", "核对一份存档是否完整、未改动；写了“--data”，还与封存时的记录对照", _verify, (_JSON,), "BAG"),
        Command("backup", "备份数据和附件", _backup, (_TO,)),
        Command(
            "restore",
            "把备份恢复到空文件夹，由备份里的两个人一起确认",
            _restore,
            (
                Option("--to", "EMPTY_DIR", "恢复到哪个空文件夹", needed=True),
                Option("--snapshot", "NAME", "选哪一次备份；不写就用最近一次"),
            ),
            "DIR",
        ),
        Command("doctor", "查看数据文件夹和这台电脑是否正常；有要处理的，退出码为 1", _doctor, (_JSON,)),
        Command(
            "sample",
            "生成虚构的多年记录，用来试用和测速",
            _sample,
            (
                Option("--years", "N", "几年", needed=True),
                Option("--out", "DIR", "新建的数据文件夹", needed=True),
                Option("--seed", "N", "随机种子；种子和截止日期相同，记录就相同", default="1"),
                Option("--until", "YYYY-MM-DD", "最后一天；不写就是今天"),
            ),
        ),
    )
}


def run(arguments: Sequence[str]) -> int:
    """Do what a command line says and return the exit code: 0 done, 1 found wanting, 2 wrong use."""
    prepare_streams()
    try:
        return _answered(arguments)
    except BrokenPipeError:
        # Whoever read our results has gone; nothing more can be said there, and Python must not try at exit.
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return WANTING


def _answered(arguments: Sequence[str]) -> int:
    try:
        request = parse(arguments, COMMANDS)
        if request.has("help"):
            hand_out(help_text(request.command))
            return DONE
        if request.has("version"):
            hand_out(f"先审 {_version()}")
            return DONE
        if request.has("self-test"):
            return _self_test()
        return _work(request)(request)
    except WrongUseError as wrong:
        tell(f"{wrong}\n用“--help”查看写法。")
        return WRONG_USE
    except AppError as error:
        from app.messages import explain

        sentence = explain(error)
        tell(f"{sentence.what}\n{sentence.todo}")
        return WRONG_USE if isinstance(error, MonthTextError) else WANTING
    except KeyboardInterrupt:
        tell("\n已中断，没有做完。")
        return INTERRUPTED
    except BrokenPipeError:
        raise
    except Exception as bug:  # noqa: BLE001 - the last line of defence: a person gets a sentence, the log the rest
        return _unexpected(bug)


def _work(request: Request) -> Work:
    if request.command:
        return COMMANDS[request.command].load()
    from app.commands.window_command import open_window

    return open_window


def _self_test() -> int:
    from app.commands.self_test_command import run_self_test

    return run_self_test()


def _unexpected(bug: Exception) -> int:
    """Write what nobody foresaw to the log; a full or read-only disk is said in words as well."""
    if isinstance(bug, OSError) and bug.errno == errno.ENAMETOOLONG:
        tell(f"路径太长：“{str(bug.filename)[:40]}……”。\n请核对写的路径，或者换一个名字短一些的文件夹再试。")
        return WRONG_USE
    from app.logs import start_log
    from app.paths import log_folder

    logged = True
    try:
        start_log(log_folder()).error("command failed", exc_info=bug)
    except OSError:
        logged = False
    if isinstance(bug, OSError) and bug.errno in {errno.ENOSPC, errno.EDQUOT}:
        tell("磁盘已满，没有做完。\n请腾出空间，再试一次。")
    elif isinstance(bug, OSError) and bug.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
        tell(f"“{bug.filename or '目标文件夹'}”没有读写权限。\n请核对文件夹的权限，或者换一个文件夹再试。")
    else:
        tell("程序出错，已写入日志。" if logged else "程序出错，日志也写不进去。")
        tell(f"日志在：{log_folder()}")
    return WANTING


def help_text(name: str = "") -> str:
    """Write the help, of one command or of all."""
    if name:
        command = COMMANDS[name]
        options = (*command.options, *GENERAL)
        return "\n".join((f"main.py {command.usage}", "", command.meaning, "", *map(_option_line, options)))
    lines = ["main.py [--data DIR] [--as 姓名] [COMMAND]", "", "不写命令就打开窗口。命令有：", ""]
    lines += [f"  {c.usage}\n      {c.meaning}" for c in COMMANDS.values()]
    lines += ["", *map(_option_line, (*GENERAL, SELF_TEST)), ""]
    lines.append("标准输出只有结果：路径、JSON，或者归档前要填写说明的缺项；提示和报错在标准错误。")
    lines.append("退出码：0 做完，1 有问题，2 写法不对。")
    return "\n".join(lines)


def _option_line(option: Option) -> str:
    return f"  {option.name} {option.value}".rstrip() + f"\n      {option.meaning}"


def _version() -> str:
    from app import __version__

    return __version__
