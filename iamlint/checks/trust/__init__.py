"""Checks of who can assume a role."""
