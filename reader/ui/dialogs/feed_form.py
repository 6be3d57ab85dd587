"""A form for everything feeds.toml may say of one feed, checked while one types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.highlighter import Highlighter
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Input, Label, Static
from textual.worker import WorkType

from reader.core.subscriptions import FeedEntry, values_of
from reader.errors import ConfigError, ReaderError
from reader.i18n import _
from reader.text.urls import with_dotted_secrets
from reader.ui.cells import simple
from reader.ui.dialogs.feed_draft import (
    CHOICES,
    FIELDS,
    GROUPS,
    FeedField,
    changes,
    field_of,
    is_shown,
    placeholder_of,
    texts_of,
)
from reader.ui.dialogs.filter_form import Chooser, FormLines
from reader.ui.textual_inside import Guarded
from reader.ui.widgets.filter_bar import FilterInput
from reader.ui.widgets.sidebar_model import feed_name

if TYPE_CHECKING:
    from reader.ui.port import SubscriptionsPort

__all__ = ["FeedForm"]


class SecretInput(FilterInput):
    """A field whose text is seen only while it is typed into."""

    def on_focus(self) -> None:
        """Seen while it is changed."""
        self.password = False

    def on_blur(self) -> None:
        """Dots again: nobody reads over a shoulder."""
        self.password = True


class Dotting(Highlighter):
    """Shows dots for what lets in: the login and the tokens of an address."""

    def highlight(self, text: Text) -> None:
        """Replace them in place; nothing moves by it."""
        text.plain = with_dotted_secrets(text.plain)


class AddressInput(FilterInput):
    """A field for an address, whose login is seen only while it is typed into."""

    def on_focus(self) -> None:
        """Seen while it is changed."""
        self.highlighter = None
        self.refresh()

    def on_blur(self) -> None:
        """Dots again."""
        self.highlighter = Dotting()
        self.refresh()


class FeedForm(Guarded, ModalScreen[str | None]):
    """Saves the entry itself, and returns what was done; None if it was left."""

    AUTO_FOCUS = "#field-title"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("enter,ctrl+s", "save", show=False),
        Binding("down,tab", "app.focus_next", show=False),
        Binding("up,shift+tab", "app.focus_previous", show=False),
        Binding("pagedown", "leap(1)", show=False),
        Binding("pageup", "leap(-1)", show=False),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (24, "-high")]
    DEFAULT_CSS = """
    FeedForm {
        align: center middle;
        background: $background 70%;
        .box { width: 88; max-width: 100%; height: auto; max-height: 100%; padding: 1 2; background: $surface; }
        .title { height: 1; margin-bottom: 1; padding: 0 1; color: $text; text-style: bold; }
        .fields { height: auto; max-height: 100%; scrollbar-size-vertical: 1; }
        .line { height: 1; }
        .line Label { width: 20; padding: 0 1; color: $text-muted; }
        .line.-wrong Label { color: $text-error; text-style: bold; }
        .group { height: 2; padding: 1 1 0 1; color: $text-muted; text-style: bold; }
        Input { width: 1fr; height: 1; border: none; padding: 0 1; background: $background; }
        Input:focus { border: none; }
        .told { height: 3; margin-top: 1; padding: 0 1; color: $text-muted; }
        .told.-problem { color: $text-error; }
        .keys { height: 1; padding: 0 1; color: $text-muted; }
        &:ansi .box { border: round $border; }
        &.-low .box { padding: 0 1; }
        &.-low .title { margin: 0; }
        &.-low .told { margin: 0; height: 2; }
        &.-low .group { height: 1; padding: 0 1; }
    }
    """

    box = query_one(".box", Vertical)
    fields = query_one(".fields", FormLines)
    told = query_one(".told", Static)

    def __init__(
        self,
        entry: FeedEntry | None,
        subscriptions: SubscriptionsPort,
        *,
        folders: Sequence[str] = (),
        values: Mapping[str, object] | None = None,
    ) -> None:
        """Make one.

        Args:
            entry: What is to be changed; None: a new feed.
            subscriptions: Checks and writes.
            folders: Those there are.
            values: What is known of a new feed.

        """
        super().__init__()
        self._entry = entry
        self._subscriptions = subscriptions
        self._folders = tuple(folders)
        self._values = values_of(entry.config) if entry else {"url": "", **(values or {})}
        self._before = texts_of(self._values)
        self._problems: dict[str, str] = {}
        self._refusal = ""
        self._is_busy = False
        self._may_leave = False

    def compose(self) -> ComposeResult:
        """A line for each key, under headings; what is wrong, or what the line is for; the keys."""
        feed = self._entry.feed if self._entry else None
        title = _("Edit “{title}”").format(title=feed_name(feed)) if feed else _("Add a page")
        with Vertical(classes="box"):
            yield Static(Content(title), classes="title")
            with FormLines(classes="fields", can_focus=False):
                group = ""
                for field in FIELDS:
                    if field.group != group:
                        group = field.group
                        yield Static(Content(_(group)), classes=f"group group-{GROUPS.index(group)}")
                    with Horizontal(classes="line", id=f"line-{field.key}"):
                        yield Label(Content(_(field.label)))
                        yield self._widget(field, feed.facts.title if feed else "")
            yield Static(Content(""), classes="told", markup=False)
            yield Static(Content(_("⏎ save · Esc cancel · Tab ↓ next · ← → choose")), classes="keys")

    def on_mount(self) -> None:
        """Check what stands there."""
        self._look()
        self.watch(self, "focused", self._show, init=False)
        if self._entry is None:
            self.query_one("#field-link_pattern").focus()

    def on_resize(self) -> None:
        """The lines take what the box leaves."""
        self._fit()

    def on_click(self, event: events.Click) -> None:
        """A click beside the box leaves."""
        if not self.box.region.contains_point(event.screen_offset):
            self.action_leave()

    def action_leave(self) -> None:
        """Save nothing; where something was typed, only at the second time."""
        if self._changes() and not self._may_leave:
            self._may_leave = True
            self._refusal = _("Not saved: ⏎ saves, Esc again discards the changes.")
            self._show()
        else:
            self.dismiss(None)

    def action_leap(self, by: int) -> None:
        """On to the next heading, or back."""
        at = self._field_in_hand()
        order = [field for field in FIELDS if self.query_one(f"#line-{field.key}").display]
        groups = [group for group in GROUPS if any(field.group == group for field in order)]
        index = groups.index(at.group) + by if at else 0
        target = groups[max(0, min(index, len(groups) - 1))]
        first = next(field for field in order if field.group == target)
        self.query_one(f"#field-{first.key}").focus()

    def action_save(self) -> None:
        """Save it if it can be saved so."""
        if self._is_busy:
            return
        wanted = self._changes()
        if self._problems:
            key = next(iter(self._problems))
            if self.query(f"#field-{key}"):
                self.query_one(f"#field-{key}").focus()
            self._show()
        elif not wanted and self._entry is not None:
            self.dismiss(None)
        else:
            self._is_busy = True
            job: WorkType[None] = partial(self._save, wanted)
            self.run_worker(job, group="save", exclusive=True, exit_on_error=False)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_save()

    @on(Input.Changed)
    @on(Chooser.Changed)
    def _changed(self) -> None:
        self._refusal, self._may_leave = "", False
        self._look()

    async def _save(self, wanted: Mapping[str, object]) -> None:
        try:
            if self._entry is None:
                sentence = (await self._subscriptions.add([{**self._values, **wanted}])).sentence
            else:
                sentence = await self._subscriptions.edit(self._entry, wanted)
        except ReaderError as error:
            await self._refused(error)
        else:
            self.dismiss(sentence)
        finally:
            self._is_busy = False

    async def _refused(self, error: ReaderError) -> None:
        """Nothing was written, and nothing typed is lost. The file as it is now is what the next try is for."""
        self._refusal = str(error)
        if self._entry is not None and isinstance(error, ConfigError):
            try:
                self._entry = await self._subscriptions.entry(self._entry.feed.id)
            except ReaderError as gone:
                self._refusal = str(gone)
        self._show()

    def _widget(self, field: FeedField, own_title: str) -> Widget:
        id_, text = f"field-{field.key}", self._before[field.key]
        if field.shape == "choice":
            return Chooser([(value, _(label)) for value, label in CHOICES[field.key]], text, id=id_)
        placeholder = simple(placeholder_of(field, own_title))
        if field.key == "url":
            return AddressInput(text, id=id_, compact=True, placeholder=placeholder, highlighter=Dotting())
        if field.is_secret:
            return SecretInput(text, id=id_, compact=True, placeholder=placeholder, password=True)
        suggester = SuggestFromList(self._folders, case_sensitive=False) if field.key == "folder" else None
        return FilterInput(text, id=id_, compact=True, placeholder=placeholder, suggester=suggester)

    def _texts(self) -> dict[str, str]:
        found = {}
        for field in FIELDS:
            widget = next(iter(self.query(f"#field-{field.key}")), None)
            # Esc may come before the fields do: nothing was changed then.
            found[field.key] = widget.value if isinstance(widget, Chooser | Input) else self._before[field.key]
        return found

    def _changes(self) -> dict[str, object]:
        return changes(self._before, self._texts())

    def _look(self) -> None:
        texts = self._texts()
        wanted = {**self._values, **changes(self._before, texts)}
        if not texts["url"].strip():
            wanted["url"] = ""
        self._problems = self._subscriptions.problems(wanted, entry=self._entry)
        for field in FIELDS:
            line = self.query_one(f"#line-{field.key}")
            line.display = is_shown(field, texts["kind"])
            line.set_class(field.key in self._problems, "-wrong")
        self.query_one(".group-1").display = texts["kind"] != "feed"
        self._fit()
        self._show()

    def _fit(self) -> None:
        around = 4 if self.has_class("-low") else 9
        self.fields.styles.max_height = max(3, self.size.height - around - self.box.styles.border.spacing.height)

    def _field_in_hand(self) -> FeedField | None:
        id_ = self.focused.id if self.focused is not None else None
        return field_of(id_.removeprefix("field-")) if id_ and id_.startswith("field-") else None

    def _show(self) -> None:
        field = self._field_in_hand()
        own = self._problems.get(field.key, "") if field else ""
        problem = self._refusal or own or next(iter(self._problems.values()), "")
        self.told.set_class(bool(problem), "-problem")
        if problem:
            self.told.update(Content(simple(problem)))
        elif field is not None:
            self.told.update(Content(f"{field.key} · {_(field.help)}"))
