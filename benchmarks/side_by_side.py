"""Two contenders in one process, in turns so short that both meet the same machine.

The clock is the CPU time of this thread, system calls included. Blocks of a few calls
alternate (by hand, generated, generated, by hand, …); each block is held against its
neighbour, and the median of these ratios is what counts. Its spread says where that
median lies with 95 % certainty, whatever the distribution (order statistics).
"""

from __future__ import annotations

import gc
import math
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

HAND, OURS = "by hand", "generated"


class Compared(NamedTuple):
    """Medians in µs per call, the median ratio and the ends of its spread."""

    hand: float
    ours: float
    ratio: float
    low: float
    high: float


class Turns:
    """Blocks of `size` calls of either contender."""

    def __init__(self, size: int, clock: Callable[[], float] = time.thread_time):
        self.size = size
        self._clock = clock
        self._spent: dict[str, list[float]] = {HAND: [], OURS: []}

    def sides(self, blocks: int) -> Iterator[str]:
        """Whose turn it is, an even number of times each."""
        gc.collect()
        for block in range(blocks):
            yield from (HAND, OURS) if block % 2 else (OURS, HAND)

    @contextmanager
    def turn(self, side: str) -> Iterator[None]:
        """One block of a side."""
        began = self._clock()
        yield
        self.spent(side, self._clock() - began)

    def spent(self, side: str, seconds: float) -> None:
        """What a block took where it was measured elsewhere."""
        self._spent[side].append(seconds / self.size * 1e6)

    def compared(self, warm: int = 4) -> Compared:
        """What the blocks came to, the first few left out."""
        hand, ours = self._spent[HAND][warm:], self._spent[OURS][warm:]
        ratios = sorted(a / b for a, b in zip(ours, hand, strict=True))
        middle, reach = len(ratios) / 2, 0.98 * math.sqrt(len(ratios))
        return Compared(
            statistics.median(hand),
            statistics.median(ours),
            statistics.median(ratios),
            ratios[max(0, math.floor(middle - reach))],
            ratios[min(len(ratios) - 1, math.ceil(middle + reach))],
        )


def side_by_side(
    hand: Callable[[], object], ours: Callable[[], object], blocks: int, size: int = 20
) -> Compared:
    """Both contenders' CPU per call, over so many pairs of blocks."""
    contenders = {HAND: hand, OURS: ours}
    turns = Turns(size)
    for side in turns.sides(blocks + 4):
        contender = contenders[side]
        with turns.turn(side):
            for _ in range(size):
                contender()
    return turns.compared()
