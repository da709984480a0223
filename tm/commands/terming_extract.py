"""``donju terms extract``: what the translations in a memory call things."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from align.errors import OutputError
from tm.commands.options import (
    chosen_memory,
    chosen_termbase,
    echo_json,
    json_option,
    memory_option,
    termbase_option,
    who_option,
)
from tm.commands.progress import progress

if TYPE_CHECKING:
    from tm.memory import Memory
    from tm.terms.extract import Candidate, Extraction

_COLUMNS = (
    *("ko", "en", "together", "ko_count", "en_count", "confidence", "termhood", "rank"),
    *("standing", "termbase", "variants", "abbreviation", "gloss", "example_ko", "example_en"),
)


@click.command("extract")
@memory_option
@termbase_option
@click.option(
    "--min-count", "least", default=3, show_default=True, type=click.IntRange(1),
    help="Sentence pairs that a term must stand in.",
)  # fmt: skip
@click.option(
    "--min-confidence", "minimum", default=0.5, show_default=True, type=click.FloatRange(0, 1),
    help="How sure a rendering must be.",
)  # fmt: skip
@click.option("--limit", type=click.IntRange(1), help="At most so many pairs.")
@click.option("--new-only", is_flag=True, help="Only terms that the termbase does not know.")
@click.option("--list", "as_list", is_flag=True, help="Only list, ask nothing.")
@click.option("--tsv", type=click.Path(path_type=Path), help="Write a table, ask nothing.")
@click.option("--ask", is_flag=True, help="Ask even where answers come from a pipe, a line each.")
@who_option
@json_option
def extract_command(
    memory: Path | None,
    termbase: str | None,
    least: int,
    minimum: float,
    limit: int | None,
    new_only: bool,
    as_list: bool,
    tsv: Path | None,
    ask: bool,
    who: str | None,
    as_json: bool,
) -> None:
    """New terms from the translations in a memory, each to accept, edit or reject.

    Accepted pairs go into the house's own terms at once, rejected ones are remembered and do not
    come again. Stop at any time with q or Ctrl-C: nothing decided is lost. Where the output is no
    terminal, pairs are only listed.

    \b
    donju terms extract -m news.tm
    donju terms extract -m news.tm --new-only --min-count 5
    donju terms extract -m news.tm --tsv terms.tsv
    """
    from tm.commands.terming_dialogue import Dialogue
    from tm.memory import Memory
    from tm.terms.extract import extract
    from tm.terms.wordstats.keeping import folder_of

    path = chosen_memory(memory)
    asks = ask or (sys.stdin.isatty() and sys.stdout.isatty())
    asks = asks and not (as_list or as_json or tsv)
    with Memory.open(path, who=who) as opened:
        total = opened.unit_count()
        with progress("Reading") as advance:
            found = extract(
                opened,
                least=least,
                minimum=minimum,
                termbase=chosen_termbase(termbase, opened),
                folder=folder_of(path),
                progress=lambda done: advance(done, total),
            )
        wanted = ("new",) if new_only else ("new", "conflicting") if asks else None
        candidates = islice(_undecided(opened, found, wanted), limit)
        if asks:
            Dialogue(opened, path.name).run(candidates)
        elif as_json:
            echo_json({**_about(found), "candidates": [*map(candidate_json, candidates)]})
        elif tsv:
            _write_table(tsv, candidates)
        else:
            for candidate in candidates:
                click.echo(_line(candidate))
    click.echo(_told(found), err=True)


def _undecided(
    memory: Memory, found: Extraction, standings: tuple[str, ...] | None
) -> Iterator[Candidate]:
    """Candidates with one of the standings that nobody has rejected."""
    rejected = {
        folded(*key.split("\t", 1))
        for key, decision in memory.decisions("term").items()
        if decision.verdict == "rejected" and "\t" in key
    }
    for candidate in found:
        if standings is not None and candidate.standing not in standings:
            continue
        if folded(candidate.ko, candidate.en) not in rejected:
            yield candidate


def folded(ko: str, en: str) -> tuple[str, str]:
    """A pair whatever its spacing, spelling, number and case, for remembering decisions."""
    from tm.terms.english import phrase_key
    from tm.terms.spelling import fold_spelling

    return fold_spelling(ko), phrase_key(en.lower())


def candidate_json(candidate: Candidate) -> dict[str, Any]:
    """A candidate for machines (docs/terms.md)."""
    from tm.jsonform import unit_json

    return {
        "ko": candidate.ko,
        "en": candidate.en,
        "together": candidate.together,
        "ko_count": candidate.ko_count,
        "en_count": candidate.en_count,
        "share": round(candidate.share, 3),
        "confidence": candidate.confidence,
        "termhood": candidate.termhood,
        "rank": candidate.rank,
        "standing": candidate.standing,
        "termbase": list(candidate.termbase),
        "variants": list(candidate.variants),
        "abbreviation": candidate.abbreviation,
        "gloss": candidate.gloss,
        "evidence": dict(candidate.evidence),
        "examples": [
            {
                "unit": unit_json(example.unit),
                "source_spans": [list(span) for span in example.source_spans],
                "target_spans": [list(span) for span in example.target_spans],
            }
            for example in candidate.examples
        ],
    }


def _about(found: Extraction) -> dict[str, Any]:
    left = found.left_out
    return {
        "units": found.units,
        "left_out": {
            "rejected": left.rejected,
            "repeated": left.repeated,
            "boilerplate": left.boilerplate,
            "too_long": left.too_long,
        },
    }


def _told(found: Extraction) -> str:
    """``1,200 units read (40 of them new); left out: 3 repeated, 1 boilerplate``."""
    from tm.display import many

    reasons = {name.replace("_", " "): n for name, n in _about(found)["left_out"].items() if n}
    left = ", ".join(f"{n} {name}" for name, n in reasons.items())
    new = f" ({found.left_out.analysed} of them new)" if found.left_out.analysed else ""
    return f"{many(found.units, 'unit')} read{new}" + (f"; left out: {left}" if left else "")


def _line(candidate: Candidate) -> str:
    counts = f"{candidate.together}/{candidate.ko_count}/{candidate.en_count}"
    short = f" ({candidate.abbreviation})" if candidate.abbreviation else ""
    return (
        f"{candidate.confidence:4.0%}  {counts:>11}  {candidate.standing:11}  "
        f"{candidate.ko} = {candidate.en}{short}"
    )


def _write_table(path: Path, candidates: Iterable[Candidate]) -> None:
    rows = ["\t".join(_COLUMNS), *("\t".join(_cells(one)) for one in candidates)]
    text = "".join(f"{row}\n" for row in rows)
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutputError(
            f"the table cannot be written ({error.strerror or error})",
            place=path,
            remedy="check the folder and its permissions",
        ) from error


def _cells(candidate: Candidate) -> Iterator[str]:
    told = candidate_json(candidate)
    unit = candidate.examples[0].unit if candidate.examples else None
    told |= {
        "termbase": "; ".join(candidate.termbase),
        "variants": "; ".join(candidate.variants),
        "example_ko": unit.source if unit else "",
        "example_en": unit.target if unit else "",
    }
    for name in _COLUMNS:
        yield "" if told[name] is None else " ".join(str(told[name]).split())
