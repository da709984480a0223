"""What ``donju align`` prints: results, and what was done and what could not be."""

from __future__ import annotations

from dataclasses import dataclass, field

from align.batch import LeftOut
from align.output import AlignedPair, bead_record
from tm.commands.options import echo_json
from tm.review import Review


@dataclass
class Tally:
    """What a run did, for the last lines it prints."""

    pairs: int = 0
    beads: int = 0
    ko_nulls: int = 0
    en_nulls: int = 0
    stored: dict[str, int] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    warnings: list[LeftOut] = field(default_factory=list)

    def count(self, pair: AlignedPair) -> None:
        self.pairs += 1
        self.beads += sum(not bead.is_null for bead in pair.alignment)
        self.ko_nulls += sum(len(bead.ko) for bead in pair.alignment if not bead.en)
        self.en_nulls += sum(len(bead.en) for bead in pair.alignment if not bead.ko)
        for article in (pair.ko, pair.en):
            place = article.source or pair.name
            self.warnings += [LeftOut(place, warning) for warning in article.warnings]

    def lines(self) -> list[str]:
        from tm.display import many

        out = [
            f"{many(self.pairs, 'pair')} aligned: {many(self.beads, 'bead')}, "
            f"{self.ko_nulls} Korean and {self.en_nulls} English "
            f"{'sentence' if self.ko_nulls + self.en_nulls == 1 else 'sentences'} "
            "without counterpart"
        ]
        if self.stored:
            what = ", ".join(f"{count} {status}" for status, count in self.stored.items())
            out.append(f"memory: {what}")
        out += [f"note: {w.place}: {w.reason}" for w in self.warnings]
        if self.left_out:
            out.append(f"{many(len(self.left_out), 'item')} left out:")
            out += [f"  {item.place}: {item.reason}" for item in self.left_out]
        return out


def print_alignments(pairs: list[AlignedPair], as_json: bool, tally: Tally, signature: str) -> None:
    """All beads of all pairs, side by side or as JSON."""
    if as_json:
        echo_json(
            {
                "signature": signature,
                "articles": [
                    {
                        "article": pair.name,
                        "meta": pair.meta,
                        "beads": [bead_record(pair, n, b) for n, b in enumerate(pair.alignment)],
                        "warnings": [*pair.ko.warnings, *pair.en.warnings],
                    }
                    for pair in pairs
                ],
                "stored": tally.stored,
                "left_out": [_left_out(item) for item in tally.left_out],
            }
        )
        return
    from tm.display import show_alignment

    for pair in pairs:
        show_alignment(pair)


def print_review(review: Review, as_json: bool, tally: Tally, signature: str) -> None:
    """The least certain beads, as a list or as JSON."""
    if as_json:
        echo_json(
            {
                "signature": signature,
                "total": review.total,
                "review": [
                    {
                        **bead_record(item.pair, item.number, item.bead),
                        "explanation": item.bead.explain(),
                    }
                    for item in review
                ],
                "warnings": [_left_out(item) for item in tally.warnings],
                "stored": tally.stored,
                "left_out": [_left_out(item) for item in tally.left_out],
            }
        )
        return
    from tm.display import show_review

    show_review(review)


def _left_out(item: LeftOut) -> dict[str, str]:
    return {"place": item.place, "reason": item.reason}
