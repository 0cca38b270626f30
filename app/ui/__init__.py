"""The only home of PySide6: one folder a page."""
