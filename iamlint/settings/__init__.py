"""How does a project want to be checked?"""
