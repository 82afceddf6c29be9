"""What is known of AWS, offline: condition keys and who sends them, STS actions, issuers, service principals."""
