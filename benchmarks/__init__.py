"""How fast is iamlint beside an empty interpreter and its peers, on this machine, now? Run `python -m benchmarks`."""
