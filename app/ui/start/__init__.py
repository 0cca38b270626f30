"""From the start of the program to the signed-in window."""
