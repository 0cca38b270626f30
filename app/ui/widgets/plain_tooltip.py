"""Tooltips with people's words: Qt would read markup in them."""

from html import escape


def plain_tooltip(text: str) -> str:
    """Return a text as a tooltip that shows it letter by letter, in lines of a readable width."""
    return f"<span>{escape(text)}</span>".replace("\n", "<br>") if text.strip() else ""
