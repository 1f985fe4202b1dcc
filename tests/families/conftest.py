"""Both kinds of client for every family, called alike."""

from pathlib import Path

import pytest

from tests.support.families import KINDS, connected


@pytest.fixture(params=KINDS)
def connect(request):
    """`connect(handler, **credentials)`: a client of the family in the test's folder."""
    specs = Path(request.node.path).parent

    def made(handler, **options):
        return connected(specs, request.param, handler, **options)

    return made
