"""Papers shown before they print."""
