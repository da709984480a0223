"""Draw how the aligner saw one article pair: its evidence, its beliefs and its path.

    python scripts/draw_alignment.py KO EN --out FILE.svg [--encoder NAME]

Korean sentences run down, English ones to the right, both by their numbers from 0. A cell is the
darker the closer its two sentences are, from the level of unrelated sentences (white) to that of
translations. A box is a bead, the fuller the more probable; it has an edge if it was chosen. The
line is the path; where it runs straight, a sentence has no counterpart on it. Beads that moved, so
that no path could hold them, are joined afterwards and have a colour of their own. The bars at the
edges say how probable it is that a sentence has no counterpart on the path; the numbers of those
that are left without one are coloured.

For articles: of long texts nothing could be seen.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from align import (
    Aligner,
    Alignment,
    Bead,
    DonjuError,
    InputError,
    OutputError,
    load_encoder,
    read_article,
)
from align.article import Lang, Sentence, normalise
from align.encoder import Encoder
from align.features import TYPES
from align.kernels import EN_NULL, KO_NULL, SWAP, best_path
from align.long import text_vectors
from align.path import NULL_SHARE, Posteriors, posteriors
from align.reference import Usual, usual_of
from align.score import Lattice, lattice
from align.side import Side

INSTALL = "pip install 'donju[bench]'"
#: Sentences of one side that can still be told apart.
LONGEST = 120
#: Beads less probable are not drawn.
VISIBLE = 0.02

PATH, BEAD, MOVED, NULL = "#222222", "#d9822b", "#a3246b", "#1f6f8b"


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn of texts of n and m sentences.

    ``cosines`` (n, m): of single sentences; ``unrelated`` and ``translations``: where they lie.
    ``offered``: beads (Korean, English sentences, first Korean, first English sentence) with their
    probability. ``nodes`` (steps + 1, 2): the path, from (0, 0) to (n, m). ``on_path`` and
    ``moved``: the beads of the alignment. ``ko_null`` (n,) and ``en_null`` (m,): probabilities of
    nulls; ``ko_left`` and ``en_left``: the sentences that are left as such.
    """

    cosines: np.ndarray
    unrelated: float
    translations: float
    offered: dict[tuple[int, int, int, int], float]
    nodes: np.ndarray
    on_path: tuple[Bead, ...]
    moved: tuple[Bead, ...]
    ko_null: np.ndarray
    en_null: np.ndarray
    ko_left: frozenset[int]
    en_left: frozenset[int]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("ko", type=Path, metavar="KO")
    parser.add_argument("en", type=Path, metavar="EN")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.svg")
    parser.add_argument("--encoder", default="builtin")
    options = parser.parse_args(arguments)
    try:
        import matplotlib  # noqa: F401  # said before anything is computed
    except ImportError:
        print(f"no picture: matplotlib is not installed; {INSTALL}", file=sys.stderr)
        return 2
    try:
        encoder = load_encoder(options.encoder)
        ko, en = read_article(options.ko, "ko"), read_article(options.en, "en")
        alignment = Aligner(encoder).align(ko, en)
        refuse_undrawable(alignment, f"{options.ko} and {options.en}")
        draw(picture_of(alignment, encoder), options.out)
    except DonjuError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


def refuse_undrawable(alignment: Alignment, place: str) -> None:
    n, m = len(alignment.ko), len(alignment.en)
    if not 0 < min(n, m) <= max(n, m) <= LONGEST:
        raise InputError(
            f"{n} and {m} sentences cannot be drawn",
            place=place,
            remedy=f"give two texts of 1 to {LONGEST} sentences",
        )


def picture_of(alignment: Alignment, encoder: Encoder) -> Picture:
    """The alignment with what the search saw, which is computed again."""
    usual = usual_of(encoder)
    made = lattice(
        _side("ko", alignment.ko, encoder, usual), _side("en", alignment.en, encoder, usual), usual
    )
    found = posteriors(made)
    if math.isinf(found.log_sum):  # no path lies in the band
        made = made.searched_whole()
        found = posteriors(made)
    nodes, links = path_of(made, found)
    linked = [bead for bead in alignment if not bead.is_null]
    nulls = [bead for bead in alignment if bead.is_null]
    return Picture(
        cosines=made.ko.runs[0] @ made.en.runs[0].T,
        unrelated=made.levels.random,
        translations=made.levels.true,
        offered=offered(made, found),
        nodes=nodes,
        on_path=tuple(bead for bead in linked if (bead.ko, bead.en) in links),
        moved=tuple(bead for bead in linked if (bead.ko, bead.en) not in links),
        ko_null=found.ko_null,
        en_null=found.en_null,
        ko_left=frozenset(i for bead in nulls for i in bead.ko),
        en_left=frozenset(j for bead in nulls for j in bead.en),
    )


def _side(lang: Lang, sentences: Sequence[Sentence], encoder: Encoder, usual: Usual) -> Side:
    texts = [normalise(sentence.text) for sentence in sentences]
    paragraphs = [sentence.paragraph for sentence in sentences]
    return text_vectors(lang, texts, paragraphs, encoder, usual).side(0, len(texts))


Link = tuple[tuple[int, ...], tuple[int, ...]]


def path_of(made: Lattice, found: Posteriors) -> tuple[np.ndarray, set[Link]]:
    """The nodes that the path goes through, shape (steps + 1, 2), and the beads on it."""
    low, high = made.band.low, made.band.high
    steps = best_path(
        found.beads, found.swaps, found.ko_null, found.en_null, NULL_SHARE, low, high
    )[::-1]
    links: set[Link] = set()
    for kind, i, j in steps.tolist():
        if kind == SWAP:
            links |= {((i,), (j + 1,)), ((i + 1,), (j,))}
        elif kind not in (KO_NULL, EN_NULL):
            a, b = TYPES[kind].tolist()
            links.add((tuple(range(i, i + a)), tuple(range(j, j + b))))
    return np.concatenate([steps[:, 1:], [[len(made.ko), len(made.en)]]]), links


def offered(made: Lattice, found: Posteriors) -> dict[tuple[int, int, int, int], float]:
    """The visible beads of the grid; a swap counts for both of its beads."""
    low = made.band.low
    beads: dict[tuple[int, int, int, int], float] = {}
    for t, i, c in np.argwhere(found.beads > VISIBLE).tolist():
        a, b = TYPES[t].tolist()
        beads[a, b, i, c + int(low[i])] = float(found.beads[t, i, c])
    for i, c in np.argwhere(found.swaps > VISIBLE).tolist():
        j = c + int(low[i])
        for bead in ((1, 1, i, j + 1), (1, 1, i + 1, j)):
            beads[bead] = beads.get(bead, 0.0) + float(found.swaps[i, c])
    return beads


def draw(picture: Picture, path: Path) -> None:
    """Write the picture; the same picture gives the same file.

    Raises
    ------
    OutputError: the file cannot be written.
    """
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.hashsalt": "donju", "font.size": 8})
    from matplotlib import pyplot

    n, m = picture.cosines.shape
    size = (min(2.4 + 0.21 * m, 14), min(1.6 + 0.21 * n, 14))
    figure, axes = pyplot.subplots(figsize=size, layout="constrained")
    image = axes.imshow(
        picture.cosines,
        cmap="Greys",
        vmin=picture.unrelated,
        vmax=max(picture.translations, picture.unrelated + 0.1) * 1.25,
        interpolation="none",
        extent=(0, m, n, 0),
    )
    _draw_beads(axes, picture)
    _draw_path(axes, picture)
    _draw_numbers(axes, picture)
    bar = figure.colorbar(image, ax=axes, shrink=0.6, pad=0.02, label="cosine of two sentences")
    bar.set_ticks(
        [picture.unrelated, picture.translations],
        labels=[f"unrelated {picture.unrelated:.2f}", f"translations {picture.translations:.2f}"],
    )
    figure.legend(
        handles=_legend(picture), loc="outside lower center", ncols=3, frameon=False, fontsize=8
    )
    try:
        figure.savefig(path, format="svg", metadata={"Date": None})
    except OSError as error:
        raise OutputError(
            f"cannot be written ({error.strerror})",
            place=path,
            remedy="name a file in a folder that exists",
        ) from error
    finally:
        pyplot.close(figure)


def _draw_beads(axes: Any, picture: Picture) -> None:
    from matplotlib.patches import Rectangle

    def box(i: int, j: int, a: int, b: int, **look: Any) -> None:
        axes.add_patch(Rectangle((j, i), b, a, **look))

    for (a, b, i, j), probability in picture.offered.items():
        box(i, j, a, b, facecolor=BEAD, alpha=_opacity(probability), linewidth=0)
    for bead in picture.moved:
        place = bead.ko[0], bead.en[0], len(bead.ko), len(bead.en)
        box(*place, facecolor=MOVED, alpha=_opacity(bead.confidence), linewidth=0)
    for beads, colour in ((picture.on_path, BEAD), (picture.moved, MOVED)):
        for bead in beads:
            place = bead.ko[0], bead.en[0], len(bead.ko), len(bead.en)
            box(*place, fill=False, edgecolor=colour, linewidth=1.4)


def _opacity(probability: float) -> float:
    return 0.75 * min(max(probability, 0.0), 1.0)


def _draw_path(axes: Any, picture: Picture) -> None:
    axes.plot(picture.nodes[:, 1], picture.nodes[:, 0], color=PATH, linewidth=1.1, zorder=4)


def _draw_numbers(axes: Any, picture: Picture) -> None:
    """Sentence numbers, and how probable it is that each is a null, along two edges."""
    n, m = picture.cosines.shape
    axes.set_xticks(np.arange(m) + 0.5, labels=[str(j) for j in range(m)])
    axes.set_yticks(np.arange(n) + 0.5, labels=[str(i) for i in range(n)])
    axes.tick_params(length=0, labelsize=6.5, top=False)
    axes.set(xlabel="English sentence", ylabel="Korean sentence")
    for labels, left in (
        (axes.get_xticklabels(), picture.en_left),
        (axes.get_yticklabels(), picture.ko_left),
    ):
        for number, label in enumerate(labels):
            if number in left:
                label.set(color=NULL, fontweight="bold")
    bar = {"color": NULL, "alpha": 0.8, "clip_on": False}
    axes.barh(np.arange(n) + 0.5, picture.ko_null, 0.8, left=m + 0.2, **bar)
    axes.bar(np.arange(m) + 0.5, -picture.en_null, 0.8, bottom=-0.2, **bar)
    axes.set(xlim=(0, m + 1.3), ylim=(n, -1.3))
    for side in axes.spines.values():
        side.set_visible(False)
    axes.plot([0, m, m, 0, 0], [0, 0, n, n, 0], color="#bbbbbb", linewidth=0.6)


def _legend(picture: Picture) -> list[Any]:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    moved = [Patch(edgecolor=MOVED, facecolor=MOVED + "99", label="bead that moved")]
    return [
        Patch(edgecolor=BEAD, facecolor=BEAD + "bf", label="bead on the path"),
        *(moved if picture.moved else []),
        Patch(facecolor=BEAD + "55", label="bead not chosen"),
        Line2D([], [], color=PATH, linewidth=1.1, label="path"),
        Patch(facecolor=NULL, label="null: probability"),
    ]


if __name__ == "__main__":
    sys.exit(main())
