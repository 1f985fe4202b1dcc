"""OpenAPI: the nearest document that other tools understand, and what it loses.

* `document`: paths, bodies, schemas
* `schema`: fields, enums and models
* `loss`: what there is no place for
"""

from .document import Exported, export

__all__ = ["Exported", "export"]
