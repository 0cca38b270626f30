"""账号: the accounts on file."""
