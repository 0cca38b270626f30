"""The monthly archive: contents, package, verification, media."""
