"""The only home of SQLite."""
