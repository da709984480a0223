"""``donju search``: the concordance."""

from __future__ import annotations

from typing import get_args

import click

from align.article import Lang
from align.errors import InputError
from tm.commands.options import (
    chosen_memories,
    chosen_termbase,
    echo_json,
    json_option,
    memories_option,
    termbase_option,
    words,
)
from tm.jsonform import hit_json
from tm.search.fold import language
from tm.unit import Status

# Candidates read for an exact total: more would keep people waiting. Whether a word is a term takes
# an analysis of its sentence.
_CHECKED, _CHECKED_TERMS = 20_000, 500


@click.command("search")
@click.argument("text", callback=words)
@memories_option
@termbase_option
@click.option(
    "--lang", type=click.Choice(get_args(Lang)), help="Search this side only. Default: both."
)
@click.option("--term", "is_term", is_flag=True, help="Only as a term: 돈주, but not in 돈주머니.")
@click.option("--regex", "is_regex", is_flag=True, help="TEXT is a regular expression (Python's).")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(0))
@click.option("--offset", default=0, type=click.IntRange(0), help="Skip so many.")
@click.option("--article", callback=words, help="Only in this article.")
@click.option("--translator", callback=words, help="Only by this translator.")
@click.option("--status", type=click.Choice(get_args(Status)), help="Default: all but rejected.")
@click.option("--from-date", help="Not older than this: 2021, 2021-07 or 2021-07-08.")
@click.option("--to-date", help="Not newer than this.")
@json_option
def search_command(
    text: str,
    memories: tuple[str, ...],
    termbase: str | None,
    lang: Lang | None,
    is_term: bool,
    is_regex: bool,
    limit: int,
    offset: int,
    article: str | None,
    translator: str | None,
    status: Status | None,
    from_date: str | None,
    to_date: str | None,
    as_json: bool,
) -> None:
    """Every sentence that holds TEXT, newest first, with its translation (concordance).

    Spacing and particles do not matter in Korean, nor whether it is spelt as in the North or in
    the South; English is found in whole words, also inflected. Marked are the text and, where it
    can be told, its rendering.

    \b
    donju search 장마당 -m news.tm
    donju search "street children" -m news.tm --from-date 2020
    donju search 돈주 --term -m news.tm
    donju search "\\d+ ?달러" --regex --lang ko -m news.tm
    donju search 돈주 -m own.tm -m public.tm
    """
    from tm.display import show_hits
    from tm.memories import Memories

    if is_term and is_regex:
        raise InputError("--term and --regex exclude each other", remedy="give one of them")
    with Memories.open(chosen_memories(memories)) as opened:
        found = opened.search(
            text,
            lang=lang,
            kind="term" if is_term else "regex" if is_regex else "text",
            limit=limit,
            offset=offset,
            article=article,
            translator=translator,
            status=status,
            from_date=from_date,
            to_date=to_date,
            checked=_CHECKED_TERMS if is_term else _CHECKED,
        )
        if not is_regex:
            terms = chosen_termbase(termbase, opened)
            found = opened.with_renderings(found, text, lang or language(text), terms)
    if as_json:
        hits = [hit_json(hit) for hit in found.hits]
        echo_json({"text": text, "total": found.total, "is_exact": found.is_exact, "hits": hits})
    else:
        show_hits(found)
