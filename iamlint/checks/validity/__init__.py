"""Checks of what IAM takes and what means nothing to it."""
