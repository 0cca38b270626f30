"""稿件: the list, the chosen draft, and what can be done with it."""
