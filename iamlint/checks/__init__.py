"""What is found that no request can express: grammar, redundancy, and what can never happen; by the names of the rules."""
