"""今日: what must be done now."""
