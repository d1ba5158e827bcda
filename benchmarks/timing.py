"""Two things measured in turns, so that whatever else the machine does hits both."""

from collections.abc import Callable
from statistics import median
from time import perf_counter


def interleaved(
    one: Callable[[], object], other: Callable[[], object], rounds: int
) -> tuple[float, float]:
    """Medians of both in milliseconds."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for call, measured in zip((one, other), times, strict=True):
            start = perf_counter()
            call()
            measured.append((perf_counter() - start) * 1000)
    return median(times[0]), median(times[1])
