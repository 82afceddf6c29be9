"""Checks of the family `account`; each module is named as its card."""
