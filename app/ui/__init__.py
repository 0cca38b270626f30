"""The window: the only part that knows Qt."""

from app.ui.long_lived import keep_for_ever

keep_for_ever()
