"""Plan: what each file of the output contains, in order, named, imports included.

`modules` plans the Python package of one provider and `pages` its reference;
`shared` and `index` plan what speaks of all of them.  A plan is frozen values
of `Code` (or of Markdown), which templates only insert.
"""

from .artefact import Artefact
from .docs import pages
from .docs_index import index
from .package import entry, modules, package, shared

__all__ = ["Artefact", "entry", "index", "modules", "package", "pages", "shared"]
