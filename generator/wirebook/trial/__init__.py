"""One call from the command line, with a client made of the specs as they are."""
