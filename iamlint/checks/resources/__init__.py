"""Checks of the family `resources`; each module is named as its card."""
