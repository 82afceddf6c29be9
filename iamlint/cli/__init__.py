"""What was asked for, and how is it said? Arguments, the terminal, and exit codes."""
