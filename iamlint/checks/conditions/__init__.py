"""Do the conditions of a policy do what they look like?"""
