"""Questions to a memory: ``donju suggest`` and ``match``."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from align.article import Lang
from tm.commands.options import (
    chosen_memories,
    chosen_memory,
    chosen_termbase,
    echo_json,
    json_option,
    memories_option,
    memory_option,
    termbase_option,
    words,
)
from tm.jsonform import fragment_json, match_json, suggestion_json
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
@memories_option
@click.option("--lang", type=_LANG, help="Of SENTENCE. Default: by its letters.")
@click.option("--limit", default=5, show_default=True, type=click.IntRange(1))
@click.option(
    "--min", "minimum", default=70, show_default=True, type=click.IntRange(1, 101), help="Percent."
)
@click.option("--previous", callback=words, help="The sentence before it; '' at the start.")
@click.option("--following", callback=words, help="The sentence after it; '' at the end.")
@click.option(
    "--semantic/--no-semantic",
    default=True,
    show_default=True,
    help="Also sentences that mean the same in other words, if the memory has vectors.",
)
@json_option
def match_command(
    sentence: str,
    memories: tuple[str, ...],
    lang: Lang | None,
    limit: int,
    minimum: int,
    previous: str | None,
    following: str | None,
    semantic: bool,
    as_json: bool,
) -> None:
    """Has a sentence like SENTENCE been translated before?

    101 % is the same text between the same sentences, 100 % the same text; below, it is the share
    of characters that are the same, at most 94 % where a number, a date, a negation or who does
    what to whom differs. What differs is named, numbers and dates are put right in the translation
    where that is safe, and where no sentence is like it, phrases of it are shown that the memory
    has. A memory named with :10 has its matches lowered by 10.

    \b
    donju match "돈주들이 아파트 건설에 투자하고 있다." -m news.tm
    donju match "돈주들이 투자하고 있다." -m own.tm -m public.tm:10
    """
    from tm.display import show_fragments, show_matches
    from tm.memories import Memories

    with Memories.open(chosen_memories(memories)) as opened:
        found = opened.match(
            sentence,
            lang=lang,
            limit=limit,
            minimum=minimum,
            previous=previous,
            following=following,
            semantic=semantic,
        )
        is_alike = any(match.kind != "semantic" for match in found)
        parts = [] if is_alike else opened.fragments(sentence, lang=lang, limit=limit)
        is_told = not semantic or any(match.percent >= 100 for match in found)
        notes = [] if is_told else opened.semantic_notes()
    if as_json:
        echo_json(
            {
                "sentence": sentence,
                "matches": [match_json(match) for match in found],
                "fragments": [fragment_json(part) for part in parts],
            }
        )
    else:
        show_matches(found, minimum)
        show_fragments(sentence, parts)
    for note in notes:
        click.echo(f"note: {note}", err=True)
