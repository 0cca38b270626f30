"""The editor: a draft is written, checked while it is typed, and submitted."""
