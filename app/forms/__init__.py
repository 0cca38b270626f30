"""Printed forms: one module a form over the shared sheet."""
