"""Secrets: passcodes, key pairs; the only home of keyring."""
