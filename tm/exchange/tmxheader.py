"""The header of a TMX file: what it says of the file, and how the units are to be understood."""

from __future__ import annotations

from align.tmx import TARGET
from tm.exchange.context import TRADOS_KIND
from tm.exchange.items import About
from tm.exchange.languages import KO_EN, Languages
from tm.exchange.tmxunit import HEADER_PROPERTY, Manner, Side

#: The property of Donju's headers with the target language.
_TARGET = f"{HEADER_PROPERTY}{TARGET}"


class Header:
    """What is read of a header: ``attributes`` by name (``header@srclang``), and ``kept``, its
    notes, properties and other elements in order."""

    def __init__(self) -> None:
        self.attributes: dict[str, str] = {}
        self.kept: list[tuple[str, str]] = []

    @property
    def is_own(self) -> bool:
        """Whether Donju wrote the file."""
        return self.attributes.get("header@creationtool") == "donju"

    def about(self) -> About:
        """What the file says of itself."""
        origin = " ".join(
            self.attributes[key]
            for key in ("header@creationtool", "header@creationtoolversion")
            if self.attributes.get(key)
        )
        kept = [pair for pair in self.kept if not (self.is_own and pair[0] == _TARGET)]
        return About(origin or None, (*self.attributes.items(), *kept))

    def manner(self, languages: Languages) -> Manner:
        """How the units are to be understood."""
        trados_kind = dict(self.kept).get(f"{HEADER_PROPERTY}{TRADOS_KIND}")
        return Manner(
            languages,
            own=self.is_own,
            reversed=is_reversed(self.attributes.get("header@srclang", ""), languages),
            trados_kind=None if self.is_own else trados_kind,
        )

    def usual_languages(self) -> dict[Side, str]:
        """Language codes that need not be kept with each unit."""
        if not self.is_own:
            return {"source": KO_EN.source, "target": KO_EN.target}
        return {
            "source": self.attributes.get("header@srclang") or KO_EN.source,
            "target": dict(self.kept).get(_TARGET) or KO_EN.target,
        }


def is_reversed(source: str, languages: Languages) -> bool:
    """Whether a file or unit that is from ``source`` translates from our target language."""
    fit = languages.side(source)
    return fit is not None and fit[0] == "target"
