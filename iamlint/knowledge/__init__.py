"""What is known of AWS, offline: condition keys and who sends them, STS actions, issuers, service principals."""

DATE = "2026-11"
"""The month in which the facts here were last read from AWS's pages."""
