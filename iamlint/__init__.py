"""iamlint: who can get into an AWS account, what could they do there, and was that meant?"""

__version__ = "0.1.0"
