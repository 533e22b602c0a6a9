"""Labels at wanted heights are moved apart as little as possible, so that none overlaps another."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

from ..records.struct import Struct

_GAP = 3.0


class _Cluster(Struct):
    """Labels that touch each other: their numbers in order, their height together, and the upper edge that suits them best."""

    members: list[int]
    height: float
    top: float


def spread(wanted: Sequence[float], heights: Sequence[float], low: float, high: float, *, gap: float = _GAP) -> list[float]:
    """The upper edges of labels that are wanted to be centred at these heights, between `low` and `high` as far as they fit.

    Labels that would overlap become a cluster around the mean of what they want (pool adjacent violators).
    """
    order = sorted(range(len(wanted)), key=lambda number: wanted[number])
    clusters: list[_Cluster] = []
    for number in order:
        top = wanted[number] - heights[number] / 2
        clusters.append(_Cluster([number], heights[number], top))
        while len(clusters) > 1 and clusters[-2].top + clusters[-2].height + gap > clusters[-1].top:
            last, before = clusters.pop(), clusters.pop()
            parts = len(before.members) + len(last.members)
            shifted = last.top - before.height - gap
            top = (before.top * len(before.members) + shifted * len(last.members)) / parts
            clusters.append(_Cluster(before.members + last.members, before.height + gap + last.height, top))
    return _inside(clusters, heights, low, high, gap)


def _inside(clusters: Sequence[_Cluster], heights: Sequence[float], low: float, high: float, gap: float) -> list[float]:
    """The upper edges of the labels of all clusters, which are moved down from `low`, and then up from `high`."""
    tops = [0.0] * sum(len(cluster.members) for cluster in clusters)
    order = [member for cluster in clusters for member in cluster.members]
    least = low
    for cluster in clusters:
        top = max(cluster.top, least)
        for member in cluster.members:
            tops[member] = top
            top += heights[member] + gap
        least = top
    most = max(high, low + fsum(heights) + gap * (len(heights) - 1))
    for member in reversed(order):
        tops[member] = min(tops[member], most - heights[member])
        most = tops[member] - gap
    return tops
