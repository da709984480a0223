"""A reliability diagram: how often beads of each confidence are right."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from align_score import Verdict, bins, calibration_error

BEADS, NULLS = "#1f6f8b", "#c26d2c"


def write_reliability_diagram(
    beads: Sequence[Verdict], nulls: Sequence[Verdict], path: Path, title: str
) -> None:
    """Draw beads and nulls apart: share right by confidence above, how many of each below.

    Confidences in ten equal bins; a point stands at the mean confidence of its bin, and is the
    larger the more its bin holds. The same verdicts give the same file.

    Raises
    ------
    ImportError: matplotlib is not installed.
    """
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.hashsalt": "donju", "font.size": 9})
    from matplotlib import pyplot

    figure, (shares, counts) = pyplot.subplots(
        2, 1, sharex=True, figsize=(4.6, 5.6), height_ratios=(3, 1), layout="constrained"
    )
    shares.plot((0, 1), (0, 1), color="#999999", linewidth=1, linestyle=":")
    for kind, verdicts, colour, shift in (("beads", beads, BEADS, -1), ("nulls", nulls, NULLS, 1)):
        filled = [b for b in bins(verdicts) if b.count]
        label = f"{len(verdicts):,} {kind}, calibration error {calibration_error(verdicts):.3f}"
        x, y = [b.mean_confidence for b in filled], [b.share_right for b in filled]
        shares.plot(x, y, color=colour, linewidth=1)
        area = [12 + 60 * (b.count / len(verdicts)) ** 0.5 for b in filled]
        shares.scatter(x, y, s=area, color=colour, label=label, zorder=3)
        places = [(b.low + b.high) / 2 + 0.02 * shift for b in filled]
        counts.bar(places, [b.count for b in filled], width=0.036, color=colour)
    shares.set(title=title, ylabel="share right", xlim=(0, 1), ylim=(0, 1.02))
    shares.legend(loc="lower right", frameon=False)
    counts.set(xlabel="confidence", ylabel="how many", yscale="log")
    for axes in (shares, counts):
        axes.spines[["top", "right"]].set_visible(False)
        axes.grid(axis="y", color="#eeeeee")
        axes.set_axisbelow(True)
    figure.savefig(path, format="svg", metadata={"Date": None})
    pyplot.close(figure)
