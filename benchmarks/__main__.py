"""`python -m benchmarks [--quick]`: measure everything and write RESULTS.md."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from .against_client import against_client
from .chart import bars
from .generation import again, against_peers, cold, this_repository
from .importing import imports
from .measure import Run, machine, ratio
from .peers import OTHERS, PEERS

FOLDER = Path(__file__).parent


def main() -> None:
    quick = "--quick" in sys.argv
    rounds = 2 if quick else 3
    parts = [_head(rounds)]
    for title, write in (
        ("Generating 10 operations, cold", _few),
        ("Generating 1,000 operations, cold", _peers),
        ("A second run", _again),
        ("This repository", _repository),
        ("Growth", _growth),
        ("Importing", _imports),
        ("One call", _calls),
        ("Long lists and many sends", _bulk),
    ):
        print(title, flush=True)
        parts += [f"## {title}", write(rounds, quick)]
    (FOLDER / "RESULTS.md").write_text("\n\n".join(parts) + "\n", "utf-8")


def _head(rounds: int) -> str:
    versions = ", ".join(" ".join(peer.requirements) for peer in (*PEERS, *OTHERS))
    return (
        "# Results\n\nWritten by `make bench`; do not edit. Contenders ran in turns,"
        f" {rounds} rounds; numbers are medians, ratios are medians of the ratios"
        " of neighbouring runs.\nCPU counts all processes of a run; peak is the"
        " largest single process, and never less than the size of the measuring one"
        f".\n\nMachine: {machine()}. Peers: {versions}."
    )


def _few(rounds: int, quick: bool) -> str:
    return _against(*against_peers(1, rounds))


def _peers(rounds: int, quick: bool) -> str:
    found, others = against_peers(100, rounds)
    chart = bars(
        "Generating 1,000 operations: seconds of wall clock",
        [(name, _wall(runs), f"{_wall(runs):.1f} s") for name, runs in found.items()],
    )
    (FOLDER / "generation.svg").write_text(chart, "utf-8")
    words = (
        "100 providers with 10 operations of 8 parameters each; the peers read the"
        " same operations as one OpenAPI document (`wirebook export openapi`).\n\n"
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
    few = 5 if quick else 15
    rows: list[tuple[str, ...]] = [
        _call(name, *numbers) for name, numbers in _child("sync", few).items()
    ]
    cpu, _ = _child("async", 1, few)
    rows.append(_call("onbuka.sms.send, async", *cpu))
    _, wall = _child("async", 50, few, 1000)
    rows.append(_call("onbuka.sms.send, 50 at once (wall)", *wall))
    ours, theirs = against_client(rounds).values()
    median = statistics.median
    name = f"send, against {PEERS[0].name}'s client"
    rows.append(_call(name, median(theirs), median(ours), ratio(ours, theirs)))
    return "µs of the client's own CPU per call over loopback.\n\n" + _lines(
        ("Call", "Other", "Generated", "Ratio"), rows
    )


def _bulk(rounds: int, quick: bool) -> str:
    hand, ours, over = _child("decoding")
    memory = _child("memory", 10_000 if quick else 100_000)
    peaks = ", ".join(f"{count:,}: {peak:.1f}" for count, peak in memory)
    return (
        f"Reading 10,000 items: {hand / 1000:.1f} ms by `json.loads` and a loop,"
        f" {ours / 1000:.1f} ms generated, ratio {over:.2f}.\n\n"
        f"Peak MiB after so many sends, 50 at once: {peaks}."
    )


def _child(*arguments: object) -> Any:
    """Client measurements run in a process of their own."""
    command = [sys.executable, "-m", "benchmarks.client", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def _call(name: str, other: float, ours: float, over: float) -> tuple[str, ...]:
    return name, f"{other:.0f}", f"{ours:.0f}", f"{over:.2f}"


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


if __name__ == "__main__":
    main()
