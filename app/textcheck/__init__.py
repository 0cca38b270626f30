"""Text in, findings out; pure."""
