"""Sets of strings, numbers and instants: which values pass a test, and is there one that passes several?"""
