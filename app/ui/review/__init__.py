"""Deciding on screen, registering what was signed on paper, reminding."""
