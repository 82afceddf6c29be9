"""What does each source say? One module a source; each gives plain values, and changes nothing but the spelling."""
