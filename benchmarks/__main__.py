"""`python -m benchmarks [--quick] [TITLE …]`: measure and write RESULTS.md.

With titles of its parts, only those are measured and the others stay.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from .against_client import against_client
from .chart import bars
from .generation import again, against_peers, cold, this_repository
from .importing import imports
from .measure import Run, machine, ratio
from .peers import OTHERS, PEERS
from .simulator import under_load, wrk

FOLDER = Path(__file__).parent


def main() -> None:
    quick = "--quick" in sys.argv
    rounds = 2 if quick else 3
    wanted = [word for word in sys.argv[1:] if word != "--quick"]
    path = FOLDER / "RESULTS.md"
    _, *before = path.read_text("utf-8").strip().split("\n## ")
    known = dict(part.split("\n\n", 1) for part in before)
    for title, write in PARTS.items():
        if not wanted or title in wanted:
            print(title, flush=True)
            known[title] = write(rounds, quick)
            # Now, so that a part that fails takes no other with it.
            parts = [
                f"## {each}\n\n{known[each].strip()}" for each in PARTS if each in known
            ]
            path.write_text("\n\n".join([_head(rounds, quick), *parts]) + "\n", "utf-8")


def _head(rounds: int, quick: bool) -> str:
    versions = ", ".join(" ".join(peer.requirements) for peer in (*PEERS, *OTHERS))
    return (
        "# Results\n\nWritten by `make bench`; do not edit. Contenders ran in turns,"
        f" at least {rounds} rounds; numbers are medians, ratios are medians of the ratios"
        " of neighbouring runs.\nCPU counts all processes of a run; peak is the"
        " largest single process, and never less than the size of the measuring one."
        f"{' This was a `--quick` run.' if quick else ''}"
        f"\n\nMachine: {machine()}. Peers: {versions}."
    )


def _few(rounds: int, quick: bool) -> str:
    return _against(*against_peers(1, rounds))


def _peers(rounds: int, quick: bool) -> str:
    found, others = against_peers(100, rounds + 2)
    chart = bars(
        "Generating 1,000 operations: seconds of wall clock",
        [(name, _wall(runs), f"{_wall(runs):.1f} s") for name, runs in found.items()],
    )
    (FOLDER / "generation.svg").write_text(chart, "utf-8")
    words = (
        "100 providers with 10 operations of 8 parameters each; the peers read the"
        " same operations as one OpenAPI document (`wirebook export openapi`), in YAML"
        " as our specs are; reading that is part of the work, so one peer has a second"
        " row that reads JSON.\n\n"
    )
    return f"{words}{_against(found, others)}\n\n![Chart](generation.svg)"


def _against(
    found: Mapping[str, Sequence[Run]], others: Mapping[str, Run | str]
) -> str:
    """Those that took turns, and one run of each other."""
    rows = [
        (
            (name, f"{run.wall:.2f}", f"{run.cpu:.2f}", f"{run.peak:.0f}")
            if isinstance(run, Run)
            else (name, run, "", "")
        )
        for name, run in others.items()
    ]
    head = ("One run each", "Wall s", "CPU s", "Peak MiB")
    return f"{_table(found, PEERS[0].name)}\n\n{_lines(head, rows)}"


def _again(rounds: int, quick: bool) -> str:
    few, many = again(10, rounds + 2), again(100, rounds + 2)
    return (
        f"10 providers:\n\n{_table(few, 'import click, yaml')}\n\n"
        f"100 providers:\n\n{_table(many, 'import click, yaml')}"
    )


def _repository(rounds: int, quick: bool) -> str:
    return _table(this_repository(rounds + 2), "import click, yaml")


def _growth(rounds: int, quick: bool) -> str:
    sizes = (10, 100) if quick else (10, 100, 1000)
    rows = [
        (
            f"{size * 10:,}",
            f"{run.cpu:.1f}",
            f"{run.wall:.1f}",
            f"{run.cpu / size * 100:.1f}",
            f"{run.peak:.0f}",
            f"{run.total:.0f}",
        )
        for size, run in ((size, cold(size)) for size in sizes)
    ]
    head = ("Operations", "CPU s", "Wall s", "CPU ms each", "Largest MiB", "All MiB")
    words = (
        "Memory of the largest process, and of all together, what they share once.\n\n"
    )
    return words + _lines(head, rows)


def _imports(rounds: int, quick: bool) -> str:
    return _table(imports(rounds + 6), "httpx2")


def _calls(rounds: int, quick: bool) -> str:
    blocks = 60 if quick else 200
    found = _child("client", "sync", blocks)
    found |= _child("client", "async", 1, blocks)
    found |= _child("client", "async", 50, blocks // 6, 1000)
    name = f"send, against {PEERS[0].name}'s client"
    found[name] = against_client(blocks)
    rows = [_compared(title, *numbers) for title, numbers in found.items()]
    return (
        "µs of the client's own CPU per call over loopback. What is written by hand puts"
        " the same request on the wire. Blocks of 20 calls alternate, in one process or (last"
        " row) in two; the spread is where the median ratio lies with 95 % certainty."
        f"\n\n{_lines(_COMPARED, rows)}"
    )


_COMPARED = ("", "Other", "Generated", "Ratio", "Spread")


def _bulk(rounds: int, quick: bool) -> str:
    read = [_compared(name, *numbers) for name, numbers in _child("lists").items()]
    memory = _child("client", "memory", 10_000 if quick else 100_000)
    peaks = ", ".join(f"{count:,}: {peak:.1f}" for count, peak in memory)
    return (
        "Reading one reply, µs; the loops stand behind `json.loads`,"
        " `ElementTree.fromstring` and `str.split`:\n\n"
        f"{_lines(_COMPARED, read)}\n\n"
        f"Peak MiB after so many sends, 50 at once: {peaks}."
    )


def _simulator(rounds: int, quick: bool) -> str:
    seconds = 5 if quick else 30
    loads = {"1,000": under_load(1000, seconds), "no limit": under_load(0, seconds)}
    rows = [
        (
            asked,
            f"{load.rate:,.0f}",
            f"{load.median * 1000:.1f}",
            f"{load.late * 1000:.1f}",
            f"{load.before:.1f}",
            f"{load.after:.1f}",
        )
        for asked, load in loads.items()
    ]
    head = ("Sent a second", "Answered", "Median ms", "99 % ms", "MiB", "MiB after")
    most = wrk(seconds)
    return (
        f"`aisix.send_once` for {seconds} s on 20 connections, client and simulator on"
        " one machine. Each message is checked, shown in the inbox and delivered a"
        " second later; memory is taken when the inbox is full (10,000 messages) and"
        f" after the load.\n\n{_lines(head, rows)}"
        + (f"\n\n`wrk` alone: {most:,.0f} a second." if most else "")
    )


def _child(module: str, *arguments: object) -> Any:
    """Client measurements run in a process of their own."""
    command = [sys.executable, "-m", f"benchmarks.{module}", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def _compared(
    name: str, other: float, ours: float, over: float, low: float, high: float
) -> tuple[str, ...]:
    spread = f"{low:.2f} to {high:.2f}"
    return name, f"{other:,.0f}", f"{ours:,.0f}", f"{over:.2f}", spread


def _wall(runs: Sequence[Run]) -> float:
    return statistics.median(run.wall for run in runs)


def _cpu(runs: Sequence[Run]) -> float:
    return statistics.median(run.cpu for run in runs)


def _table(found: Mapping[str, Sequence[Run]], base: str) -> str:
    """Medians, and the ratio of CPU over `base`."""
    by = [run.cpu for run in found[base]]
    rows = [
        (
            name,
            f"{statistics.median(run.wall for run in runs):.3f}",
            f"{_cpu(runs):.3f}",
            f"{max(run.peak for run in runs):.0f}",
            f"{ratio([run.cpu for run in runs], by):.2f}",
            f"{ratio([r.wall for r in runs], [r.wall for r in found[base]]):.2f}",
        )
        for name, runs in found.items()
    ]
    head = ("", "Wall s", "CPU s", "Peak MiB", f"CPU over {base}", "Wall over it")
    return _lines(head, rows)


def _lines(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    rule = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *rows))


PARTS: dict[str, Callable[[int, bool], str]] = {
    "Generating 10 operations, cold": _few,
    "Generating 1,000 operations, cold": _peers,
    "A second run": _again,
    "This repository": _repository,
    "Growth": _growth,
    "Importing": _imports,
    "One call": _calls,
    "Long lists and many sends": _bulk,
    "The simulator under load": _simulator,
}
"""In the order of RESULTS.md; each is told the rounds and whether to be quick."""


if __name__ == "__main__":
    main()
