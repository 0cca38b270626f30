"""One module a noun; one public method for each thing a person can do."""
