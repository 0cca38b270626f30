"""`--self-test`: whether this installation is whole; everything happens in a folder that is thrown away."""

from pathlib import Path
from tempfile import TemporaryDirectory

from app.bootstrap import open_self_test
from app.commands.console import tell
from app.commands.look_lines import tell_looks
from app.commands.off_screen import draw_off_screen


def run_self_test() -> int:
    """Do the main job once in small, without a window of its own; 1 when something is wanting."""
    tell("自检：在临时文件夹里把主要工作做一遍，不动任何数据。")
    # What a virus scanner still holds on Windows goes with the next clearing of temporary files.
    with TemporaryDirectory(prefix="xianshen-self-test-", ignore_cleanup_errors=True) as folder:
        trial = open_self_test(Path(folder))
        wanting = tell_looks(trial.looks())
        wanting += _window(trial.paper)
    tell(f"有 {wanting} 项不正常。" if wanting else "自检通过。")
    return 1 if wanting else 0


def _window(paper: bytes) -> int:
    draw_off_screen()
    try:
        from app.ui.window_trial import try_window
    except ImportError as lacking:
        tell(f"✗　窗口：缺少组成部分 {lacking.name}，请重新安装本程序。")
        return 1
    return tell_looks(try_window(paper))
