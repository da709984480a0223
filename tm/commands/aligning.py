"""``donju align`` and ``donju split``."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import cache, partial
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, get_args

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
from align.errors import InputError, MemoryFileError, OutputError
from align.output import AlignedPair, bead_record, write_alignments, writer_for
from align.reading.dates import iso_date
from align.split import Splitter
from tm.commands.options import echo_json, encoder_options, json_option

if TYPE_CHECKING:
    from tm.memory import Memory


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
        self.ko_nulls += sum(not bead.en for bead in pair.alignment)
        self.en_nulls += sum(not bead.ko for bead in pair.alignment)
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
    tally = Tally(left_out=list(found.left_out))
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
        )
        pairs = _done(results, tally, store, known, strict=alone)
        first = next(pairs, None)
        if first is None:  # an output file that is there already stays as it is
            if as_json:
                _print([], as_json, tally, aligner.signature)
            else:
                click.echo("\n".join(tally.lines()), err=True)
            raise InputError(
                "no pair could be aligned", place=paths[0], remedy="see the list above"
            )
        pairs = chain([first], pairs)
        if alone or as_json:
            kept = list(pairs)
            if output is not None:
                write_alignments(kept, output)
            _print(kept, as_json, tally, aligner.signature)
        elif output is not None:
            write_alignments(pairs, output)
        else:
            for _ in pairs:
                pass
    if not as_json:
        if output is not None:
            click.echo(f"written: {output}", err=True)
        for line in tally.lines():
            click.echo(line, err=alone)


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


def _print(pairs: list[AlignedPair], as_json: bool, tally: Tally, signature: str) -> None:
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
                "left_out": [{"place": x.place, "reason": x.reason} for x in tally.left_out],
            }
        )
        return
    from tm.display import show_alignment

    for pair in pairs:
        show_alignment(pair)


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
