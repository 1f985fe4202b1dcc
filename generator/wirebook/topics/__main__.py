"""Write the pages into specs/README.md and specs/LIMITS.md of the working directory."""

from pathlib import Path

from . import readme, topic

README = Path("specs/README.md")
README.write_text(readme(README.read_text("utf-8")), "utf-8")
Path("specs/LIMITS.md").write_text(topic("limits"), "utf-8")
