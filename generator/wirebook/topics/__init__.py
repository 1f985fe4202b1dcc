"""The language by example: a page for each subject, in Markdown with YAML.

`wirebook explain auth` prints one; specs/README.md and specs/LIMITS.md hold them too, written by
`python -m wirebook.topics`.
"""

from __future__ import annotations

import re
from importlib import resources

TOPICS = ("auth", "request", "reply", "status", "callback", "more", "limits")
"""In the order in which an author needs them."""
ALIASES = {
    "credentials": "auth",
    "signing": "auth",
    "session": "auth",
    "parameters": "request",
    "lists": "request",
    "rules": "request",
    "replies": "reply",
    "statuses": "status",
    "callbacks": "callback",
    "variants": "more",
    "alternates": "more",
    "pages": "more",
    "polling": "more",
    "segments": "more",
    "headers": "reply",
    "xml": "reply",
    "csv": "reply",
    "nested": "request",
    "effects": "status",
}
"""Other words that people try."""
BEGIN = "<!-- The language by example: written by `python -m wirebook.topics`. -->\n"
END = "<!-- End of what is written. -->\n"

_YAML = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def topic(name: str) -> str:
    """The page of a subject, in Markdown."""
    file = f"{ALIASES.get(name, name)}.md"
    return resources.files(__name__).joinpath(file).read_text("utf-8")


def examples(name: str) -> list[str]:
    """The YAML of a page, piece by piece."""
    return [found[1] for found in _YAML.finditer(topic(name))]


def title(name: str) -> str:
    """What the first line says of it."""
    return topic(name).partition("\n")[0].partition(": ")[2]


def readme(text: str) -> str:
    """specs/README.md with the pages of today between its two marks."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    names = [name for name in TOPICS if name != "limits"]
    contents = "".join(
        f"- [{name}](#{anchor(name)}): {title(name)}\n" for name in names
    )
    pages = "\n".join(f"##{topic(name)}" for name in names)
    return f"{before}{BEGIN}\n{contents}\n{pages}\n{END}{after}"


def anchor(name: str) -> str:
    """Where readers of Markdown find the heading of a page."""
    heading = topic(name).partition("\n")[0].removeprefix("# ").lower()
    return re.sub(r"[^a-z0-9 -]", "", heading).replace(" ", "-")
