"""`python -m iamlint` is `iamlint`."""

from iamlint.cli.main import main

if __name__ == "__main__":
    main()
