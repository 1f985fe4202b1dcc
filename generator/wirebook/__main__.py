"""``python -m wirebook``: the same command line as ``wirebook``."""

from wirebook.cli import main

if __name__ == "__main__":
    main()
