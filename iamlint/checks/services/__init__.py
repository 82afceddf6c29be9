"""Checks of AWS services that roles trust."""
