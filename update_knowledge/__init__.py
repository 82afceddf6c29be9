"""How does iamlint come to know what AWS knows? From packages in public registries, merged into the tables of `iamlint/knowledge/aws/`.

It stands outside the package: it runs programs, uses the network and prints, none of which a linter's layers may, and no user needs it.
"""
