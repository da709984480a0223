"""Adding an article, or the next version of one."""

from __future__ import annotations

import json
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from hashlib import blake2b

from align.errors import InputError
from tm.store.records import Added, ArticleRecord, Unaligned
from tm.store.rows import Content, check_texts, content_of, described
from tm.store.writing import Form, Writing
from tm.unit import Status, TranslationUnit

#: Units of the version before, by what they say on the source side: number, target, status.
_Older = dict[str, deque[tuple[int, str, Status]]]


def contents(
    article: ArticleRecord, units: Sequence[TranslationUnit], unaligned: Sequence[Unaligned]
) -> list[Content]:
    """What the units say, ready to be stored.

    Raises
    ------
    InputError: the article has no id, or a text holds half a surrogate pair.
    """
    if not article.id.strip():
        raise InputError("an article needs an id", remedy="name it, for example by its file")
    check_texts(f"{article.id}, description", described(article))
    for i, sentence in enumerate(unaligned):
        check_texts(f"{article.id}, unaligned sentence {i}", [sentence.text])
    return [content_of(u, article, f"{article.id}, unit {i}") for i, u in enumerate(units)]


def digest(article: ArticleRecord, units: list[Content], unaligned: Sequence[Unaligned]) -> bytes:
    """Sixteen bytes of what an article says, equal if nothing that matters has changed.

    Files and origin do not matter: they say where a text came from, not what it is.
    """
    said = [
        [article.title_ko, article.title_en, article.date, article.translator, article.place],
        [_said(unit) for unit in units],
        [[sentence.side, sentence.position, sentence.text] for sentence in unaligned],
    ]
    return blake2b(json.dumps(said).encode(), digest_size=16).digest()


def _said(unit: Content) -> list[object]:
    said = [unit.source, unit.target, round(unit.confidence, 6), unit.status]
    return [*said, unit.translator, unit.date, *([unit.details] if unit.details else [])]


def write_article(
    writing: Writing,
    article: ArticleRecord,
    units: list[Content],
    unaligned: Sequence[Unaligned],
) -> Added:
    """Add an article or its next version, unless the current one was made from the same.

    What a person has said of a pair of texts outlives a new version: a draft of the same texts
    takes on the status that they had.
    """
    content = digest(article, units, unaligned)
    current = writing.connection.execute(
        "SELECT number, content FROM articles WHERE id = ? AND ended IS NULL", (article.id,)
    ).fetchone()
    if current is not None and current[1] == content:
        return Added("unchanged", len(units), len(unaligned))
    older = _Older() if current is None else _older(writing, current[0])
    if current is not None:
        writing.close_article(current[0])
    number = writing.open_article(article, content)
    writing.bear(_forms(writing, number, units, older))
    writing.set_unaligned(number, unaligned)
    return Added("added" if current is None else "replaced", len(units), len(unaligned))


def _older(writing: Writing, number: int) -> _Older:
    older: _Older = defaultdict(deque)
    for unit, source, target, status in writing.connection.execute(
        "SELECT id, source, target, status FROM units"
        " WHERE article = ? AND ended IS NULL ORDER BY position",
        (number,),
    ):
        older[source].append((unit, target, status))
    return older


def _forms(writing: Writing, number: int, units: list[Content], older: _Older) -> Iterator[Form]:
    for position, content in enumerate(units):
        replaces = None
        if before := older.get(content.source):
            replaces, target, status = before.popleft()
            if content.status == "draft" and content.target == target:
                content = content._replace(status=status)
        yield Form(writing.next_id(), number, position, replaces, content)
