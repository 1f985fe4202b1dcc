"""What is told to the program's log.

The library behind it is loaded for the first notice: most programs never get one.
"""

from __future__ import annotations


def warn(message: str, *facts: object) -> None:
    """Log a warning under the name of the package; `facts` hold no secrets."""
    import logging

    logging.getLogger(__name__.partition(".")[0]).warning(message, *facts)
