"""Where things lie: resources beside the program, data in the user's own folder."""

import sys
from pathlib import Path

from platformdirs import user_data_path, user_log_path

_ROOT = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parent.parent))

DATABASE = "xianshen.db"
"""The file by which a data folder is seen to have been begun, before the store that knows more is loaded."""

RESOURCES = _ROOT / "resources"
FONTS = RESOURCES / "fonts"
ICONS = RESOURCES / "icons"
LEXICON = RESOURCES / "lexicon"
POLICY_FILE = RESOURCES / "policy" / "jinan-1.toml"
SAMPLE = RESOURCES / "sample"


def default_data_folder() -> Path:
    """Return the folder that holds the unit's records unless another is named."""
    return user_data_path("Xianshen", appauthor=False)


def sample_data_folder() -> Path:
    """Return the folder of the sample data, apart from the unit's own."""
    return user_data_path("Xianshen", appauthor=False).with_name("Xianshen-sample")


def log_folder() -> Path:
    """Return the folder of the program's log."""
    return user_log_path("Xianshen", appauthor=False)
