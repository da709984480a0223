"""Files and strings to articles: :func:`read_article`, :func:`article_from_text`.

A file is decoded (``decode``), its text taken out of its format, cleaned, split into paragraphs
(``paragraphs``) and its paragraphs told apart (``newspage``). For .txt, ``Article.text`` is the
file's text; for .md, .html and .docx it is the text taken out, its paragraphs joined by two line
breaks. Everything that was guessed or repaired is in ``Article.warnings``.
"""

from __future__ import annotations

import stat
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from align.article import Article, Lang, Paragraph
from align.errors import ReadError
from align.reading.cleaning import clean, clean_all
from align.reading.decode import Decoded, decode
from align.reading.language import language_in_name, language_of, refuse_mojibake, refuse_swapped
from align.reading.page import Block, Page, joined_page, plain_page

#: Largest file read, in bytes. A newspaper's year of articles is smaller.
MAX_BYTES = 50 * 2**20

_MARKDOWN = (".md", ".markdown")
_HTML = (".html", ".htm", ".xhtml")
_WORD = (".docx", ".docm")

#: Endings of files that are looked for in folders of articles.
ENDINGS = (".txt", *_MARKDOWN, *_HTML, *_WORD)


def read_article(path: str | Path, lang: Lang | None = None) -> Article:
    """The article in a .txt, .md, .html or .docx file (any other ending is tried as .txt).

    Parameters
    ----------
    path: the file.
    lang: its language; by default as the name says (``x.ko.txt``, ``ko/x.txt``), else by script.

    Raises
    ------
    ReadError: missing, a directory, not readable, larger than :data:`MAX_BYTES`, empty, binary,
        undecodable or damaged.
    InputError: the text is plainly in the other language than ``lang`` or the name says, or in
        neither.
    """
    file = Path(path)
    place = str(path)
    page = _page(file, _bytes(file, place), place)
    return _article(page, lang or language_in_name(file), place)


def article_from_text(text: str, lang: Lang, source: str | None = None) -> Article:
    """The article in a string, treated as a plain-text file would be.

    Raises
    ------
    ReadError: there is nothing but white space.
    InputError: ``text`` is plainly in the other language than ``lang``.
    """
    cleaned, warnings = clean(text)
    return _article(plain_page(cleaned, warnings), lang, source)


def _article(page: Page, lang: Lang | None, place: str | None) -> Article:
    from align.reading.newspage import classify  # compiling its patterns takes a while

    if not page.spans:
        raise ReadError("there is no text in it", place=place, remedy="give a file with an article")
    refuse_mojibake(page.text, place)
    if lang is None:
        lang = language_of(page.text, place)
    else:
        refuse_swapped(page.text, lang, place)
    texts = page.paragraphs
    kinds, found = classify(texts, lang, page.hints)
    return Article(
        text=page.text,
        lang=lang,
        paragraphs=tuple(
            Paragraph(text, span, kind)
            for text, span, kind in zip(texts, page.spans, kinds, strict=True)
        ),
        source=place,
        meta=MappingProxyType({**page.meta, **found}),
        warnings=page.warnings,
    )


def _bytes(file: Path, place: str) -> bytes:
    try:
        status = file.stat()
        if stat.S_ISDIR(status.st_mode):
            raise ReadError("this is a directory", place=place, remedy="name a file in it")
        if not stat.S_ISREG(status.st_mode):
            raise ReadError("this is not a regular file", place=place, remedy="name a text file")
        if status.st_size > MAX_BYTES:
            raise ReadError(
                f"the file is larger than {MAX_BYTES // 2**20} MB",
                place=place,
                remedy="split it into single articles",
            )
        return file.read_bytes()
    except FileNotFoundError as error:
        raise ReadError("no such file", place=place, remedy="check the path") from error
    except PermissionError as error:
        raise ReadError(
            "no permission to read it", place=place, remedy="change its permissions or copy it"
        ) from error
    except (OSError, ValueError) as error:  # a name too long, or with a NUL in it
        raise ReadError(
            f"cannot be read ({error})", place=place, remedy="check the path"
        ) from error


def _page(file: Path, data: bytes, place: str) -> Page:
    if not data.strip():
        raise ReadError("the file is empty", place=place, remedy="give a file with an article")
    ending = file.suffix.lower()
    if ending in _WORD:
        return _word_page(data, place)
    if ending in _HTML:
        return _web_page(data, place)
    decoded = decode(data, place)
    text, warnings = _cleaned(decoded)
    if ending in _MARKDOWN:
        from align.reading.markdown import markdown_blocks

        blocks, meta = markdown_blocks(text)
        return _joined(blocks, meta, warnings)
    return plain_page(text, warnings)


def _cleaned(decoded: Decoded) -> tuple[str, tuple[str, ...]]:
    text, warnings = clean(decoded.text)
    return text, (*decoded.warnings, *warnings)


def _web_page(data: bytes, place: str) -> Page:
    from align.reading.webpage import declared_charset, webpage_blocks

    text, warnings = _cleaned(decode(data, place, declared_charset(data)))
    if not text.strip():
        return plain_page("", warnings)
    blocks, meta = webpage_blocks(text, place)
    return _joined(blocks, meta, warnings)


def _word_page(data: bytes, place: str) -> Page:
    from align.reading.worddoc import document_blocks

    blocks, warnings = document_blocks(data, place)
    return _joined(blocks, {}, warnings)


def _joined(blocks: list[Block], meta: Mapping[str, str], warnings: tuple[str, ...]) -> Page:
    """``blocks`` as a page; entities of markup can bring in what was cleaned away before."""
    texts, more = clean_all([block.text for block in blocks])
    cleaned = [Block(text, block.hint) for text, block in zip(texts, blocks, strict=True)]
    return joined_page(cleaned, meta, tuple(dict.fromkeys((*warnings, *more))))
