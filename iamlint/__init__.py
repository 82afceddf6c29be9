"""iamlint: who can get into an AWS account, what could they do there, and was that meant?"""

__version__ = "0.1.0"

# Where people find the rules' pages and report what went wrong; every address that is printed begins with it.
REPOSITORY = "https://github.com/iamlint/iamlint"
