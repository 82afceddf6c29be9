"""How are findings shown? One module a format; a report is given what it prints and computes nothing about policies."""
