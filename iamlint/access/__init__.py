"""The engine: which requests does a policy allow?"""
