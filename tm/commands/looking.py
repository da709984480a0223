"""Questions to a memory: ``donju suggest`` and ``match``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import get_args

import click

from align.article import Lang
from tm.commands.options import (
    chosen_memories,
    chosen_termbase,
    echo_json,
    json_option,
    memories_option,
    termbase_option,
    words,
)
from tm.jsonform import fragment_json, known_term_json, match_json, suggestion_json
from tm.search.fold import language

_LANG = click.Choice(get_args(Lang))


@click.command("suggest")
@click.argument("term", callback=words, required=False)
@click.option("--in", "sentence", callback=words, help="Every known term of this sentence.")
@memories_option
@termbase_option
@click.option("--from", "lang", type=_LANG, help="Language asked in. Default: by its letters.")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1), help="Renderings.")
@click.option("--examples", default=2, show_default=True, type=click.IntRange(0))
@json_option
def suggest_command(
    term: str | None,
    sentence: str | None,
    memories: tuple[str, ...],
    termbase: str | None,
    lang: Lang | None,
    limit: int,
    examples: int,
    as_json: bool,
) -> None:
    """How has TERM been rendered, how often, when and by whom?

    The first time, statistics are made of the words of the memory, which takes seconds for a
    hundred thousand units; they are kept beside it.

    \b
    donju suggest 돈주 -m news.tm
    donju suggest "state security" -m news.tm
    donju suggest --in "돈주들이 장마당에서 장사를 한다." -m own.tm -m public.tm:10
    """
    if (term is None) == (sentence is None):
        raise click.UsageError("give a TERM, or a sentence with --in")
    from tm.memories import Memories
    from tm.terms.renderings.background import background_of
    from tm.terms.renderings.suggest import suggest

    with Memories.open(chosen_memories(memories)) as opened:
        chosen = chosen_termbase(termbase, opened)
        with _told_progress() as advance:
            background_of(opened, progress=advance)
        if sentence is not None:
            from tm.terms.renderings.sentences import suggest_in

            terms = suggest_in(opened, sentence, lang=lang, termbase=chosen)
        elif term is not None:
            found = suggest(
                opened,
                term,
                lang=lang or _language_of_term(term),
                limit=limit,
                examples=examples,
                termbase=chosen,
            )
    if sentence is not None:
        from tm.display import show_terms

        if as_json:
            echo_json({"sentence": sentence, "terms": list(map(known_term_json, terms))})
        else:
            show_terms(sentence, terms)
    elif as_json:
        echo_json(suggestion_json(found))
    else:
        from tm.display import show_suggestion

        show_suggestion(found)


@contextmanager
def _told_progress() -> Iterator[Callable[[int, int], None]]:
    """Says on standard error that statistics are made, and how far it is, if they are."""
    with ExitStack() as bars:
        advances: list[Callable[[int, int], None]] = []

        def advance(done: int, total: int) -> None:
            if not advances:
                from tm.commands.progress import progress

                click.echo(f"making word statistics of {total:,} units, once …", err=True)
                advances.append(bars.enter_context(progress("word statistics")))
            advances[0](done, total)

        yield advance


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
