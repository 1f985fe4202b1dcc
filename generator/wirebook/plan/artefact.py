"""One file of the output: which template prints which plan to where."""

from __future__ import annotations

from msgspec import Struct


class Artefact(Struct, frozen=True):
    """One file to be rendered.

    `path` is relative to the output, `template` to the templates folder, and
    `spec` (the file or folder the facts come from) to the project.  `context` is
    a frozen value; the template sees its fields as variables, and `header`
    as the comment that names spec and template.
    """

    path: str
    template: str
    spec: str
    context: Struct
