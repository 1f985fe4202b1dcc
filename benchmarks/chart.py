"""The chart of RESULTS.md: bars as SVG, written by hand so that nothing is needed."""

from __future__ import annotations

from collections.abc import Sequence

WIDTH, BAR, LABEL = 720, 26, 230


def bars(title: str, rows: Sequence[tuple[str, float, str]]) -> str:
    """One bar per row: name, value, and the value as it is shown."""
    most = max(value for _, value, _ in rows)
    height = 48 + BAR * len(rows)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}"'
        ' font-family="sans-serif" font-size="13" role="img">',
        f"<title>{title}</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="white"/>',
        f'<text x="12" y="24" font-weight="bold">{title}</text>',
    ]
    for index, (name, value, shown) in enumerate(rows):
        top = 40 + BAR * index
        length = max(1.0, (WIDTH - LABEL - 90) * value / most)
        colour = "#1f6f54" if name.startswith("wirebook") else "#9aa5ab"
        lines += [
            f'<text x="{LABEL - 8}" y="{top + 15}" text-anchor="end">{name}</text>',
            f'<rect x="{LABEL}" y="{top}" width="{length:.1f}" height="{BAR - 6}"'
            f' fill="{colour}"/>',
            f'<text x="{LABEL + length + 6:.1f}" y="{top + 15}">{shown}</text>',
        ]
    return "\n".join([*lines, "</svg>", ""])
