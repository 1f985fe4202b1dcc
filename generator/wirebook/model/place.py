"""Where a fact stands in the spec, and where a value travels in a request.

They are defined outside the model: problems need a place and nothing else of it.
"""

from wirebook.place import Place, Where

__all__ = ["Place", "Where"]
