"""Which rules are there, which of them run, and what does each one say of a document?"""
