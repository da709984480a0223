"""How well and how fast terms are found in sentences: the matching part of bench_terms.py."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from tm.terms import analyser
from tm.terms.finding.finder import FinderTerm, TermFinder
from tm.terms.finding.morphology import Span, find_term, nouns
from tm.terms.termbase.lookup import Termbase, load_termbase

Result = TypeVar("Result")


def bench_matching(cases: list[dict[str, Any]], verbose: bool) -> None:
    """Accuracy by tag. A case may say ``name``; else a name is what the bundled termbase has as
    one."""
    termbase = load_termbase()
    analyser.analyse("준비")  # loading the analyser is not matching
    by_tag: defaultdict[str, list[bool]] = defaultdict(list)
    started = time.process_time()
    found = [_found(case, termbase) for case in cases]
    seconds = time.process_time() - started
    for case, spans in zip(cases, found, strict=True):
        right = is_right(case, spans)
        by_tag[case.get("tag", "all")].append(right)
        if verbose and not right:
            hits = [span.text(case["sentence"]) for span in spans]
            print(f"{case['term']} in {case['sentence']}: {hits}, expected {case['surface']}")
    for tag, results in sorted(by_tag.items()):
        print(f"{tag:14} {share(results)}  ({sum(results)}/{len(results)})")
    print(f"{len(cases) / max(seconds, 1e-9):.0f} sentences per CPU-s, one term each")
    print(f"accuracy {share([r for results in by_tag.values() for r in results])}")


def _found(case: dict[str, Any], termbase: Termbase) -> list[Span]:
    entries = termbase.korean(case["term"])
    known = bool(entries) and all(entry.is_name for entry in entries)
    return find_term(case["sentence"], case["term"], name=case.get("name", known))


def is_right(case: dict[str, Any], spans: list[Span]) -> bool:
    """No hit where none is expected, else a hit inside the expected surface."""
    surface = case["surface"]
    if surface is None:
        return not spans
    start = case["sentence"].find(surface)
    return any(start <= s.start and s.end <= start + len(surface) for s in spans)


def bench_speed(termbase: Path | None, texts: Sequence[Path], count: int) -> None:
    """Sentences of the first text per CPU second: the finder's, substring search's, kiwipiepy's.

    The termbase is filled up to ``count`` terms with the nouns of the other texts, or of the first
    one if there is no other: then nearly every noun that is read is a term, the worst case.
    """
    lines = [[x for x in text.read_text("utf-8").splitlines() if x.strip()] for text in texts]
    sentences = lines[0]
    entries = load_termbase(termbase)
    names = {ko: all(entry.is_name for entry in entries.korean(ko)) for ko in entries.korean_terms}
    words = (
        dict.fromkeys(word for text in lines[1:] or lines for word in filler(text)) if count else {}
    )
    more = [word for word in words if word not in names]
    terms = [FinderTerm(ko, name=name) for ko, name in names.items()]
    terms += [FinderTerm(word) for word in more[: max(0, count - len(terms))]]
    lengths = Counter(min(len(term.text), 6) for term in terms)
    print(f"{len(terms)} terms; by length: {dict(sorted(lengths.items()))} (6: and longer)")
    analyser.analyse("준비")  # loading the analyser is not finding
    _forget()
    build, finder = _timed(lambda: TermFinder(terms))
    print(f"finder made in {build:.2f} CPU-s")
    seconds, found = _timed(lambda: list(finder.find_all(sentences)))
    analysed = analyser.analyse.cache_info().misses
    print(f"finder     {len(sentences) / seconds:.0f} sentences per CPU-s")
    print(f"           {sum(map(len, found))} terms found, {analysed} sentences analysed")
    _forget()
    seconds, _ = _timed(lambda: [[t for t in terms if t.text in s] for s in sentences])
    print(f"substring  {len(sentences) / seconds:.0f} sentences per CPU-s")
    seconds, _ = _timed(lambda: [analyser.analyse(sentence) for sentence in sentences])
    print(f"kiwipiepy  {len(sentences) / seconds:.0f} sentences per CPU-s")


def filler(sentences: Iterable[str]) -> list[str]:
    """The nouns and compounds of these sentences, the commonest first: many are short and stand
    everywhere."""
    counts: Counter[str] = Counter()
    for sentence in sentences:
        counts.update(token.text for token in nouns(sentence))
        counts.update(m[0] for m in analyser.analyse(sentence) if m[1] in ("NNG", "NNP"))
    return [word for word, _ in counts.most_common()]


def _forget() -> None:
    for cached in (analyser.analyse, analyser.reading, analyser.readings):
        cached.cache_clear()


def _timed(work: Callable[[], Result]) -> tuple[float, Result]:
    started = time.process_time()
    result = work()
    return max(time.process_time() - started, 1e-9), result


def share(results: Sequence[bool]) -> str:
    return f"{100 * sum(results) / len(results):.1f} %" if results else "-"
