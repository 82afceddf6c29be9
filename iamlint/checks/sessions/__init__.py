"""Checks of what callers pass into a session: tags, a source identity, a name."""
