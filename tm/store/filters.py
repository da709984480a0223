"""A :class:`tm.store.Filter` in SQL."""

from __future__ import annotations

from tm.store.records import Filter


def conditions(only: Filter) -> tuple[str, list[str]]:
    """What a live unit must meet, for ``units u JOIN articles a``, and the values to bind."""
    wanted = ["u.ended IS NULL"]
    values: list[str] = []

    def require(condition: str, value: str | None) -> None:
        if value is not None:
            wanted.append(condition)
            values.append(value)

    require("a.id = ?", only.article)
    require("coalesce(u.translator, a.translator) = ?", only.translator)
    require("coalesce(u.date, a.date) >= ?", only.from_date)
    if only.to_date is not None:  # the day, month or year that ends the span is in it, whole
        wanted.append("substr(coalesce(u.date, a.date), 1, length(?)) <= ?")
        values += [only.to_date, only.to_date]
    if only.status is None:
        wanted.append("u.status <> 'rejected'")
    require("u.status = ?", only.status)
    return " AND ".join(wanted), values
