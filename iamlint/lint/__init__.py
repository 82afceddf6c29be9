"""Which documents break which rules?"""
