"""The search: is there a request like this that a policy allows?"""
