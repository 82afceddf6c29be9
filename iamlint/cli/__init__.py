"""Arguments, printing, and what the environment says."""
