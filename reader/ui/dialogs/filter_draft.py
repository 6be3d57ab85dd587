"""What stands in the filter form, and the filter it makes. Pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from reader.core.filters import FilterPreview
from reader.i18n import N_, _, number
from reader.light import dataclass
from reader.model import FilterConfig
from reader.model.config import FilterAction

__all__ = ["ACTIONS", "COLORS", "FilterDraft", "preview_text"]

ACTIONS: tuple[tuple[FilterAction, str], ...] = (
    ("", N_("none, just save it")),
    ("mute", N_("hide matches")),
    ("highlight", N_("highlight matches")),
    ("star", N_("star matches")),
    ("read", N_("mark matches as read")),
    ("tag", N_("tag matches")),
)
"""What a filter may do, and how the form calls it."""

COLORS = ("warning", "primary", "secondary", "accent", "success", "error")
"""Theme colours a highlight may have."""


@dataclass(frozen=True, slots=True)
class FilterDraft:
    """The form's contents as they stand."""

    name: str = ""
    """As typed."""
    query: str = ""
    """As typed."""
    action: FilterAction = ""
    """As chosen."""
    tag: str = ""
    """As typed."""
    color: str = COLORS[0]
    """As chosen."""
    until: str = ""
    """As typed: a day, or nothing."""
    notify: bool = False
    """As chosen."""
    apply: bool = False
    """To what is stored, too."""

    @classmethod
    def of(cls, filter_: FilterConfig) -> FilterDraft:
        """A filter to be changed."""
        return cls(
            filter_.name,
            filter_.query,
            filter_.action,
            filter_.tag,
            filter_.color or COLORS[0],
            filter_.until.isoformat() if filter_.until else "",
            filter_.notify,
            apply=bool(filter_.action),
        )

    def problem(self, taken: Collection[str]) -> str:
        """Why it cannot be saved so, in words; empty if it can."""
        if not self.query.strip():
            return _("A filter needs a query.")
        if not self.name.strip():
            return _("A filter needs a name.")
        if self.name.strip().casefold() in {name.casefold() for name in taken}:
            return _("A filter with that name already exists.")
        if self.action == "tag" and not self._tag:
            return _("Which tag?")
        if self.action and self.until.strip() and self._day is None:
            return _("Until when? Enter a date like 2026-12-31.")
        return ""

    def filter(self) -> FilterConfig:
        """The filter it makes; a day that is none is left out."""
        return FilterConfig(
            self.name.strip(),
            self.query.strip(),
            self.action,
            self._tag if self.action == "tag" else "",
            self.notify,
            self._day if self.action else None,
            self.color if self.action == "highlight" else "",
        )

    @property
    def _tag(self) -> str:
        return self.tag.strip().removeprefix("#").strip()

    @property
    def _day(self) -> date | None:
        try:
            return date.fromisoformat(self.until.strip())
        except ValueError:
            return None


def preview_text(preview: FilterPreview, action: FilterAction, *, apply: bool = True) -> str:
    """``would hide 37 of 5,210``, or what is wrong with the query.

    ``apply``: to stored articles, too; else a mute leaves them where they are, which is said.
    """
    if preview.problem:
        where = _("column {column}").format(column=preview.column) if preview.column else ""
        return ", ".join(filter(None, (preview.problem, where)))
    if action == "mute" and not apply:
        text = _("hides new articles from now on; of {all} stored ones, {count} match and stay")
    elif action and not apply:
        text = _("for new articles from now on; of {all} stored ones, {count} match and stay as they are")
    else:
        text = _("would hide {count} of {all}") if action == "mute" else _("matches {count} of {all}")
    return text.format(count=number(preview.count), all=number(preview.population))
