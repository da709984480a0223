"""Alignments as files: JSONL, TSV, TMX and side-by-side HTML.

A file is written beside its destination and renamed when complete, so that an interrupted or failed
run leaves what was there before. Half a surrogate pair, which is no character and has no place in
any file, is written as U+FFFD; control characters are left out where the format has none.
"""

from __future__ import annotations

import codecs
import csv
import html
import json
import os
import secrets
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from align import tmx
from align.alignment import Alignment, Bead
from align.article import Article
from align.errors import OutputError
from align.markup import possible


@dataclass(frozen=True, slots=True)
class AlignedPair:
    """An aligned pair of articles and the name it goes by."""

    name: str
    ko: Article
    en: Article
    alignment: Alignment

    @property
    def meta(self) -> dict[str, str]:
        """What the two pages say about themselves; the English page's word counts first."""
        return {**self.ko.meta, **self.en.meta}


def write_alignments(pairs: Iterable[AlignedPair], path: str | Path) -> None:
    """Write ``pairs`` to ``path`` in the format its ending names: .jsonl, .tsv, .tmx or .html.

    Raises
    ------
    OutputError: unknown ending, or the file cannot be written (no space, no permission).
    """
    path = Path(path)
    writer = writer_for(path)
    with replacing(path) as file:
        writer(pairs, file)


def writer_for(path: Path) -> Callable[[Iterable[AlignedPair], IO[str]], None]:
    """The writer for a file of this name; :class:`OutputError` if there is none."""
    try:
        return _WRITERS[path.suffix.lower()]
    except KeyError:
        raise OutputError(
            f"no format is known by the ending '{path.suffix}'",
            place=path,
            remedy=f"name the file with one of {', '.join(_WRITERS)}",
        ) from None


@contextmanager
def replacing(path: Path) -> Iterator[IO[str]]:
    """A new file that takes the place, and the permissions, of ``path`` once it is complete.

    Raises
    ------
    OutputError: it cannot be written (no space, no permission); ``path`` is then as it was.
    """
    goal = Path(os.path.realpath(path))  # a link stays a link
    beside = goal.with_name(f".donju-{secrets.token_hex(8)}.tmp")
    try:
        with beside.open("x", encoding="utf-8", errors=_REPLACED, newline="") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())  # some disks say only now that they are full
        with suppress(FileNotFoundError):
            beside.chmod(stat.S_IMODE(goal.stat().st_mode))
        beside.replace(goal)
    except BaseException as error:
        with suppress(OSError):
            beside.unlink()
        if isinstance(error, OSError):
            raise _cannot_write(path, error) from error
        raise


def _replacement(error: UnicodeError) -> tuple[bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "\ufffd".encode() * (error.end - error.start), error.end


#: Name of the error handler that writes U+FFFD for what UTF-8 cannot hold.
_REPLACED = "donju.replaced"
codecs.register_error(_REPLACED, _replacement)


def _cannot_write(path: Path, error: OSError) -> OutputError:
    return OutputError(
        f"cannot write ({error.strerror or error})",
        place=path,
        remedy="check that the folder exists, is writable and has free space",
    )


def bead_record(pair: AlignedPair, number: int, bead: Bead) -> dict[str, Any]:
    """One bead as a flat record; see docs/json.md."""
    return {
        "article": pair.name,
        "bead": number,
        "kind": bead.kind,
        "confidence": bead.confidence,
        "ko": pair.alignment.ko_text(bead),
        "en": pair.alignment.en_text(bead),
        "ko_sentences": list(bead.ko),
        "en_sentences": list(bead.en),
        "ko_spans": [list(pair.alignment.ko[i].span) for i in bead.ko],
        "en_spans": [list(pair.alignment.en[i].span) for i in bead.en],
        "evidence": dict(bead.evidence),
        "fixed": bead.fixed,
    }


def _write_jsonl(pairs: Iterable[AlignedPair], file: IO[str]) -> None:
    for pair in pairs:
        for number, bead in enumerate(pair.alignment):
            file.write(json.dumps(bead_record(pair, number, bead), ensure_ascii=False) + "\n")


def _write_tsv(pairs: Iterable[AlignedPair], file: IO[str]) -> None:
    rows = csv.writer(file, delimiter="\t", lineterminator="\n")
    rows.writerow(["article", "bead", "kind", "confidence", "ko", "en"])
    for pair in pairs:
        for number, bead in enumerate(pair.alignment):
            texts = (pair.alignment.ko_text(bead), pair.alignment.en_text(bead))
            rows.writerow([pair.name, number, bead.kind, f"{bead.confidence:.4f}", *texts])


def _write_tmx(pairs: Iterable[AlignedPair], file: IO[str]) -> None:
    """TMX 1.4b; nulls have no place in it and are counted in a comment at the end."""
    file.write(tmx.head("ko", "en"))
    nulls = 0
    for pair in pairs:
        position = 0
        for bead in pair.alignment:
            if bead.is_null:
                nulls += len(bead.ko) + len(bead.en)
                continue
            file.write(_tmx_unit(pair, bead, position))
            position += 1
    file.write(f"{tmx.FOOT}<!-- sentences without counterpart, left out: {nulls} -->\n")


def _tmx_unit(pair: AlignedPair, bead: Bead, position: int) -> str:
    meta = pair.meta
    where = tmx.Where(
        pair.name,
        position,
        meta.get("translator"),
        meta.get("date"),
        pair.alignment.signature or None,
        bead.confidence,
    )
    attributes, properties = tmx.provenance(where)
    inner = "".join(tmx.property_xml(kind, value) for kind, value in properties.items())
    texts = {"ko": pair.alignment.ko_text(bead), "en": pair.alignment.en_text(bead)}
    variants = (tmx.variant_xml(lang, tmx.segment_xml(text), {}) for lang, text in texts.items())
    return tmx.unit_xml(attributes, inner, variants)


_HTML_HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Alignment</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
body{font:16px/1.55 system-ui,"Apple SD Gothic Neo","Malgun Gothic","Noto Sans KR",sans-serif;
 max-width:76rem;margin:2rem auto;padding:0 1rem;color:#1d2228;background:#fff}
h1{font-size:1.25rem;margin:2.5rem 0 .2rem}
p.about{color:#59636e;margin:.1rem 0 .8rem;font-size:.9rem}
table{border-collapse:collapse;width:100%;table-layout:fixed}
td{vertical-align:top;padding:.55rem .7rem;border-top:1px solid #dfe3e8;overflow-wrap:anywhere}
td[lang=ko]{word-break:keep-all}
td.c{width:4.4rem;text-align:right;font-variant-numeric:tabular-nums;color:#59636e;
 font-size:.85rem}
td.c b{display:block;font-weight:600;color:#1d2228}
tr.low td.c b{color:#9a3b00}
tr.null{background:#f5f6f8}tr.null td.gap{color:#59636e;font-style:italic}
@media (prefers-color-scheme:dark){body{background:#14171a;color:#e5e8eb}td{border-color:#30363d}
 td.c,p.about,tr.null td.gap{color:#9aa4ae}td.c b{color:#e5e8eb}tr.null{background:#1c2126}
 tr.low td.c b{color:#ff9d5c}}
@media (max-width:40rem){table,tbody,tr,td{display:block}td.c{width:auto;text-align:left}
 td{border:0;padding:.2rem .5rem}tr{border-top:1px solid #dfe3e8;padding:.4rem 0}}
</style></head><body>
"""

#: Below this a bead is worth a second look; shown in another colour.
UNSURE = 0.5


def _write_html(pairs: Iterable[AlignedPair], file: IO[str]) -> None:
    file.write(_HTML_HEAD)
    for pair in pairs:
        meta = pair.meta
        about = " · ".join(meta[k] for k in ("date", "place", "translator") if k in meta)
        file.write(f"<h1>{_html(pair.name)}</h1>\n<p class=about>{_html(about)}</p>\n<table>\n")
        for bead in pair.alignment:
            classes = " ".join(
                name
                for name, holds in (("null", bead.is_null), ("low", bead.confidence < UNSURE))
                if holds
            )
            file.write(
                f'<tr class="{classes}" title="{html.escape(bead.explain())}">'
                f"<td class=c><b>{bead.confidence:.2f}</b>{bead.kind}</td>"
                f"{_cell(pair.alignment.ko_text(bead), 'ko')}"
                f"{_cell(pair.alignment.en_text(bead), 'en')}</tr>\n"
            )
        file.write("</table>\n")
    file.write("</body></html>\n")


def _cell(text: str, lang: str) -> str:
    if not text:
        return "<td class=gap>no counterpart</td>"
    return f"<td lang={lang}>{_html(text)}</td>"


def _html(text: str) -> str:
    return html.escape(possible(text))


_WRITERS: dict[str, Callable[[Iterable[AlignedPair], IO[str]], None]] = {
    ".jsonl": _write_jsonl,
    ".tsv": _write_tsv,
    ".tmx": _write_tmx,
    ".html": _write_html,
}
