"""Checks of the family `escalation`; each module is named as its card."""
