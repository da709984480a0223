"""Questions to a memory: ``donju suggest``, ``match`` and ``search``."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from align.article import Lang
from tm.commands.options import (
    chosen_memory,
    chosen_termbase,
    echo_json,
    json_option,
    memory_option,
    termbase_option,
    words,
)
from tm.jsonform import hit_json, match_json, suggestion_json
from tm.search.fold import language

_LANG = click.Choice(get_args(Lang))


@click.command("suggest")
@click.argument("term", callback=words)
@memory_option
@termbase_option
@click.option("--from", "lang", type=_LANG, help="Language of TERM. Default: by its letters.")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1), help="Renderings.")
@click.option("--examples", default=2, show_default=True, type=click.IntRange(0))
@json_option
def suggest_command(
    term: str,
    memory: Path | None,
    termbase: str | None,
    lang: Lang | None,
    limit: int,
    examples: int,
    as_json: bool,
) -> None:
    """How has TERM been rendered, how often, when and by whom?

    \b
    donju suggest 돈주 -m news.tm
    donju suggest "state security" -m news.tm
    """
    from tm.display import show_suggestion
    from tm.memory import Memory
    from tm.terms.suggest import suggest

    with Memory.open(chosen_memory(memory)) as opened:
        found = suggest(
            opened,
            term,
            lang=lang or _language_of_term(term),
            limit=limit,
            examples=examples,
            termbase=chosen_termbase(termbase),
        )
    if as_json:
        echo_json(suggestion_json(found))
    else:
        show_suggestion(found)


def _language_of_term(term: str) -> Lang:
    """English where there are Latin letters and hardly any Hangul; figures and Hanja are Korean."""
    has_latin = any(character.isascii() and character.isalpha() for character in term)
    return language(term) if has_latin else "ko"


@click.command("match")
@click.argument("sentence", callback=words)
@memory_option
@click.option("--lang", type=_LANG, help="Of SENTENCE. Default: by its letters.")
@click.option("--limit", default=5, show_default=True, type=click.IntRange(1))
@click.option(
    "--min", "minimum", default=70, show_default=True, type=click.IntRange(1, 101), help="Percent."
)
@json_option
def match_command(
    sentence: str,
    memory: Path | None,
    lang: Lang | None,
    limit: int,
    minimum: int,
    as_json: bool,
) -> None:
    """Has a sentence like SENTENCE been translated before?

    \b
    donju match "돈주들이 아파트 건설에 투자하고 있다." -m news.tm
    """
    from tm.display import show_matches
    from tm.memory import Memory

    with Memory.open(chosen_memory(memory)) as opened:
        found = opened.match(sentence, lang=lang, limit=limit, minimum=minimum)
    if as_json:
        echo_json({"sentence": sentence, "matches": [match_json(match) for match in found]})
    else:
        show_matches(found, minimum)


@click.command("search")
@click.argument("text", callback=words)
@memory_option
@click.option("--lang", type=_LANG, help="Search this side only. Default: both.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(0))
@click.option("--offset", default=0, type=click.IntRange(0), help="Skip so many.")
@click.option("--article", callback=words, help="Only in this article.")
@click.option("--translator", callback=words, help="Only by this translator.")
@json_option
def search_command(
    text: str,
    memory: Path | None,
    lang: Lang | None,
    limit: int,
    offset: int,
    article: str | None,
    translator: str | None,
    as_json: bool,
) -> None:
    """Every sentence that holds TEXT, newest first, with its translation (concordance).

    Spacing and particles do not matter in Korean; English is found in whole words.

    \b
    donju search 장마당 -m news.tm
    donju search "street children" -m news.tm
    """
    from tm.display import show_hits
    from tm.memory import Memory

    with Memory.open(chosen_memory(memory)) as opened:
        found = opened.search(
            text, lang=lang, limit=limit, offset=offset, article=article, translator=translator
        )
    if as_json:
        hits = [hit_json(hit) for hit in found.hits]
        echo_json({"text": text, "total": found.total, "hits": hits})
    else:
        show_hits(found)
