"""``donju align`` and ``donju split``."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import cache, partial
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, get_args

import click

from align.article import Lang
from align.batch import (
    Found,
    LeftOut,
    PairFiles,
    align_pairs,
    article_name,
    composed,
    find_pairs,
)
from align.constraints import (
    Constraint,
    by_article,
    notes,
    of_other_articles,
    read_constraints,
)
from align.errors import InputError, MemoryFileError, OutputError
from align.output import AlignedPair, write_alignments, writer_for
from align.reading.dates import iso_date
from align.split import Splitter
from tm.commands.options import encoder_options, json_option
from tm.commands.reporting import Tally, print_alignments, print_review
from tm.review import Review

if TYPE_CHECKING:
    from tm.memory import Memory


#: Beads shown by ``--review`` where it is given without a number.
_REVIEWED = 20


class _Count(click.IntRange):
    """How many to show; says what to do where a file was taken for the number."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        try:
            found: int = super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"{value!r} is no number; name the files before --review", param, ctx)
        return found


@click.command("align")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Write .jsonl, .tsv, .tmx or .html."
)
@click.option(
    "-m", "--memory", type=click.Path(path_type=Path), help="Store the units in this memory too."
)
@click.option("--article", help="Name of the article in the memory. Default: the files' name.")
@click.option("--translator", help="Who translated, where the page does not say.")
@click.option("--date", help="Date of the article (2021-07-08), where the page does not say.")
@click.option("--keep-boilerplate", is_flag=True, help="Align captions, credits and so on too.")
@click.option(
    "--constraints",
    type=click.Path(path_type=Path),
    help="Beads that a person has fixed: lines of an earlier .jsonl, copied or edited.",
)
@click.option(
    "--review",
    "limit",
    type=_Count(1),
    is_flag=False,
    flag_value=_REVIEWED,
    help=f"Show the N least certain beads instead of the alignment.  [{_REVIEWED} without N]",
)
@click.option("--offset", default=0, type=click.IntRange(0), help="With --review: skip so many.")
@encoder_options
@json_option
def align_command(
    paths: tuple[Path, ...],
    output: Path | None,
    memory: Path | None,
    article: str | None,
    translator: str | None,
    date: str | None,
    keep_boilerplate: bool,
    constraints: Path | None,
    limit: int | None,
    offset: int,
    encoder: str,
    device: str | None,
    splitter: Splitter,
    as_json: bool,
) -> None:
    """Align a Korean article with its English translation, or a folder of such pairs.

    PATHS are two files, Korean first (txt, md, html, docx), or one folder in which x.ko.txt goes
    with x.en.txt, or ko/x.txt with en/x.txt. Two files are shown side by side, every sentence
    without counterpart included; a folder shows what was done and what could not be.

    \b
    donju align article.ko.txt article.en.txt
    donju align article.ko.txt article.en.txt -o article.html
    donju align articles/ --memory news.tm -o articles.tmx
    donju align articles/ --review 50
    donju align articles/ --constraints fixed.jsonl -o articles.jsonl
    """
    from align.aligner import Aligner
    from align.encoder import load_encoder

    known = _known(translator, date)
    found = _found(paths, article)
    if output is not None:
        _refuse_output(output, found.pairs)
    if memory is not None and not memory.parent.is_dir():
        raise MemoryFileError(
            "its folder does not exist", place=memory, remedy="make the folder first"
        )
    alone = len(paths) == 2
    fixed, elsewhere = _fixed(constraints, found.pairs, alone=alone)
    tally = Tally(left_out=[*found.left_out, *elsewhere])
    review = None if limit is None else Review(limit, offset)
    aligner = Aligner(load_encoder(encoder, device=device, progress=alone and not as_json))
    with ExitStack() as stack:
        store = cache(partial(_opened, stack, memory))
        if memory is not None and memory.exists():
            store()  # to know now if it is none; a new one is made when there is something to store
        results = align_pairs(
            _shown(found.pairs, quiet=alone or as_json),
            aligner,
            splitter=splitter,
            keep_boilerplate=keep_boilerplate,
            fixed={name: [line.bead for line in lines] for name, lines in fixed.items()},
        )
        pairs = _done(_noted(results, fixed), tally, store, known, strict=alone)
        first = next(pairs, None)
        if first is None:  # an output file that is there already stays as it is
            if as_json and review is not None:
                print_review(review, as_json, tally, aligner.signature)
            elif as_json:
                print_alignments([], as_json, tally, aligner.signature)
            else:
                click.echo("\n".join(tally.lines()), err=True)
            raise InputError(
                "no pair could be aligned", place=paths[0], remedy="see the list above"
            )
        pairs = chain([first], pairs)
        if review is not None:
            pairs = review.watch(pairs)
        kept = list(pairs) if review is None and (alone or as_json) else None
        if output is not None:
            write_alignments(pairs if kept is None else kept, output)
        deque(pairs, maxlen=0)  # what nobody has asked for yet is aligned and stored all the same
        if review is not None:
            print_review(review, as_json, tally, aligner.signature)
        elif kept is not None:
            print_alignments(kept, as_json, tally, aligner.signature)
    if not as_json:
        if output is not None:
            click.echo(f"written: {output}", err=True)
        for line in tally.lines():
            click.echo(line, err=alone)


def _fixed(
    file: Path | None, pairs: tuple[PairFiles, ...], *, alone: bool
) -> tuple[dict[str, list[Constraint]], list[LeftOut]]:
    """The constraints on each article, and those that concern none of them."""
    if file is None:
        return {}, []
    names = [pair.name for pair in pairs]
    lines = read_constraints(file)
    return by_article(lines, names, alone=alone), of_other_articles(lines, names)


def _noted(
    results: Iterator[AlignedPair | LeftOut], fixed: dict[str, list[Constraint]]
) -> Iterator[AlignedPair | LeftOut]:
    """Results with a warning for each constraint that seems to be about another text."""
    for result in results:
        if isinstance(result, AlignedPair) and (
            said := notes(fixed.get(result.name, ()), result.alignment)
        ):
            article = replace(result.ko, warnings=(*result.ko.warnings, *said))
            yield replace(result, ko=article)
        else:
            yield result


def _known(translator: str | None, date: str | None) -> dict[str, str]:
    """What the options say about articles whose pages do not."""
    if date is not None and iso_date(date) is None:
        raise InputError(f"not a date: {date!r}", place="--date", remedy="write it as 2021-07-08")
    return {k: v for k, v in (("translator", translator), ("date", date)) if v is not None}


def _found(paths: tuple[Path, ...], article: str | None) -> Found:
    if len(paths) == 2:
        name = article if article is not None else composed(article_name(paths[0]))
        return Found((PairFiles(name, *paths),), ())
    if len(paths) > 2 or paths[0].is_file():
        raise InputError(
            f"{len(paths)} files are given" if len(paths) > 2 else "only one file is given",
            place=paths[0],
            remedy="give two files (Korean first, then English) or one folder",
        )
    if article is not None:
        raise InputError(
            "--article names one article, not a folder", remedy="leave it out: files give the names"
        )
    found = find_pairs(paths[0])
    if not found.pairs:
        raise InputError(
            "no pair of articles in it",
            place=paths[0],
            remedy="name the files x.ko.txt and x.en.txt, or ko/x.txt and en/x.txt",
        )
    return found


def _refuse_output(output: Path, pairs: tuple[PairFiles, ...]) -> None:
    """Refuse before any work what could not be written after it, or would destroy an article."""
    writer_for(output)
    if not output.parent.is_dir():
        raise OutputError("its folder does not exist", place=output, remedy="make the folder first")
    if not output.exists():
        return
    if output.is_dir():
        raise OutputError("this is a folder", place=output, remedy="name a file in it")
    if any(file.exists() and output.samefile(file) for p in pairs for file in (p.ko, p.en)):
        raise OutputError(
            "this is one of the articles", place=output, remedy="name another file to write to"
        )


def _opened(stack: ExitStack, memory: Path | None) -> Memory | None:
    if memory is None:
        return None
    from tm.memory import Memory

    return stack.enter_context(Memory.open(memory, create=True))


def _shown(pairs: tuple[PairFiles, ...], *, quiet: bool) -> Iterator[PairFiles]:
    if quiet:
        yield from pairs
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(pairs, "aligning", console=Console(stderr=True), transient=True)


def _done(
    results: Iterator[AlignedPair | LeftOut],
    tally: Tally,
    store: Callable[[], Memory | None],
    known: dict[str, str],
    *,
    strict: bool,
) -> Iterator[AlignedPair]:
    """Aligned pairs, counted and stored; what failed is noted, or raised for a single pair."""
    for result in results:
        if isinstance(result, LeftOut):
            if strict and result.error is not None:
                raise result.error
            tally.left_out.append(result)
            continue
        pair = _with_known(result, known)
        if (memory := store()) is not None:
            try:
                added = memory.add_alignment(
                    pair.alignment, article=pair.name, ko=pair.ko, en=pair.en
                )
            except InputError as error:
                if strict:
                    raise
                tally.left_out.append(LeftOut(pair.name, str(error), error))
                continue
            tally.stored[added.status] = tally.stored.get(added.status, 0) + 1
        tally.count(pair)
        yield pair


def _with_known(pair: AlignedPair, known: dict[str, str]) -> AlignedPair:
    """``pair`` with what its pages do not say themselves."""
    missing = {k: v for k, v in known.items() if not pair.meta.get(k, "").strip()}
    meta = MappingProxyType({**pair.en.meta, **missing})
    return replace(pair, en=replace(pair.en, meta=meta))


@click.command("split")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--lang", type=click.Choice(get_args(Lang)), help="Default: as the file says.")
@click.option("--keep-boilerplate", is_flag=True, help="Keep captions, credits and so on.")
@click.option("--splitter", type=click.Choice(get_args(Splitter)), default="auto")
@json_option
def split_command(
    path: Path, lang: Lang | None, keep_boilerplate: bool, splitter: Splitter, as_json: bool
) -> None:
    """Split an article into sentences, one a line.

    \b
    donju split article.ko.txt
    """
    from align.reading.reader import read_article
    from align.split import split_article

    article = read_article(path, lang)
    sentences = split_article(article, splitter=splitter, keep_boilerplate=keep_boilerplate)
    for warning in article.warnings:
        click.echo(f"note: {path}: {warning}", err=True)
    for s in sentences:
        if as_json:
            record = {"text": s.text, "span": list(s.span), "paragraph": s.paragraph}
            click.echo(json.dumps(record, ensure_ascii=False))
        else:
            click.echo(" ".join(s.text.split()))
