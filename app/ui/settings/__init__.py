"""设置: the unit, its people, its policy, its days, its backups, and this PC."""
