"""Whether this PC has a place for secrets that the vault may use; nothing is read from it or written to it."""

_LIMIT = 5.0


def secret_store_name() -> str:
    """Name the system's own store of secrets (article 6), or return '' when there is none that answers."""
    from app.vault.allowed_stores import present_store

    try:
        store = present_store(_LIMIT)
    except TimeoutError:
        return ""
    return store.name if store else ""
