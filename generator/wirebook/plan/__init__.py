"""Plan: what each file of the output contains, in order, named, imports included.

`package` plans the Python package, `docs` the reference pages.  A plan is frozen
dataclasses of `Code` (or of Markdown), which templates only insert.
"""

from .artefact import Artefact
from .package import package

__all__ = ["Artefact", "package"]
