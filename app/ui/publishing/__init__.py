"""Publishing by hand: the package, and the record of what went out."""
