"""The whole article from its page."""

from __future__ import annotations

import shlex
import sys
from contextlib import suppress
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Literal

from reader.fetch.details import told_detail
from reader.fetch.reasons import reason
from reader.i18n import _
from reader.light import dataclass
from reader.model import Failure, Fetched, FetchFailed, PageJob, PageText, ParseFailed
from reader.parse.extraction import is_installed
from reader.parse.sites import page_rule, whole_url
from reader.text.clean import clean_line
from reader.text.fold import words

if TYPE_CHECKING:
    from reader.fetch.client import Fetcher
    from reader.model import Article, FailureKind, FeedConfig
    from reader.parse.worker import Parser
    from reader.storage.store import Store

__all__ = ["WholeArticle", "WholeFetcher", "install_command", "is_about"]

_FINAL: frozenset[FailureKind] = frozenset({"not_found", "gone", "unauthorized", "robots", "bad_url", "too_large"})
"""Failures that another try would only repeat."""
_WITHOUT_PAGES: frozenset[FailureKind] = frozenset({"not_found", "http_status", "too_many_redirects", "bad_redirect"})
"""Failures that may come of asking for all pages at once."""
_FEWEST_KNOWN = 6
_LEAST_SHARED = 0.15


@dataclass(frozen=True, slots=True)
class WholeArticle:
    """What came of fetching a whole article."""

    outcome: Literal["stored", "shorter", "failed"]
    """``shorter``: the page gave less than the feed did, or something else; the feed's text stays."""
    sentence: str
    """What to tell the reader."""
    failed: FetchFailed | None = None
    """Why no page came, if none did."""


@dataclass(frozen=True, slots=True)
class WholeFetcher:
    """Fetches article pages, and stores what they say more than their feeds."""

    store: Store
    """Where texts go."""
    fetcher: Fetcher
    """Asks the pages."""
    parser: Parser
    """Takes the articles out of them."""

    async def fetch(self, article: Article, config: FeedConfig | None, *, is_asked_for: bool = True) -> WholeArticle:
        """Fetch an article's page once, and store its text beside the feed's if it says more.

        Args:
            article: The article.
            config: Its feed's settings, for selectors and request headers; None if the feed is in the file no more.
            is_asked_for: A person waits for it; else robots.txt is obeyed.

        Returns:
            What came of it; never raises for what the page or its server does.

        """
        if not article.row.url:
            return WholeArticle("failed", _("This article has no page of its own."))
        answer = await self._ask(article.row.url, config, is_asked_for=is_asked_for)
        if isinstance(answer, FetchFailed):
            if answer.failure.kind in _FINAL:
                await self.store.save_vain(article.row.id)
            return WholeArticle("failed", _why_not(answer), answer)
        content, remove = (config.content, config.remove) if config else ((), ())
        page = await self.parser.page(
            PageJob(answer.body, answer.final_url, answer.content_type, content, remove, article.row.title)
        )
        if isinstance(page, ParseFailed):
            await self.store.save_vain(article.row.id)
            return WholeArticle("failed", _nothing_found(page.failure, answer.final_url))
        if trouble := _trouble(article, page, content):
            await self.store.save_vain(article.row.id)
            return WholeArticle("shorter", trouble)
        await self.store.save_full(article.row.id, page)
        if content and page.selector not in content:
            return WholeArticle("stored", _("Full article stored, but `content` in feeds.toml matched nothing there."))
        return WholeArticle("stored", _("Full article stored."))

    async def _ask(self, url: str, config: FeedConfig | None, *, is_asked_for: bool) -> Fetched | FetchFailed:
        """The page with all its pages; as it is in the feed if the site does not know that address."""
        asked = whole_url(url)
        answer = await self.fetcher.page(asked, config=config, is_asked_for=is_asked_for)
        if asked == url or isinstance(answer, Fetched) or answer.failure.kind not in _WITHOUT_PAGES:
            return answer
        return await self.fetcher.page(url, config=config, is_asked_for=is_asked_for)


def is_about(article: Article, page: PageText) -> bool:
    """Whether a page's text can be that article: a log-in or consent page has hardly a word of title and summary."""
    said = f"{article.row.title} {article.row.summary} {article.text[:2_000]}"
    known = {word for word in words(said) if len(word) > 3}
    if len(known) < _FEWEST_KNOWN:
        return True
    return len(known & set(words(page.text))) >= _LEAST_SHARED * len(known)


def install_command(prefix: str = sys.prefix) -> str:
    """The command that adds the extractor for any site to the way Warta was installed; ``prefix``: where it is."""
    parts = PurePath(prefix.replace("\\", "/")).parts
    pip = Path(prefix) / "bin" / "pip"
    if "pipx" in parts:
        return "pipx inject warta trafilatura"
    if "uv" in parts and "tools" in parts:
        return "uv tool install 'warta[full]'"
    # The shell's own pip may be another Python's.
    if prefix == sys.base_prefix or not pip.exists():
        return "pip install 'warta[full]'"
    name = pip
    with suppress(OSError, ValueError):  # the folder one is in is gone, or another one
        name = pip.relative_to(Path.cwd())
    return f"{shlex.quote(str(name))} install 'warta[full]'"


def _why_not(answer: FetchFailed) -> str:
    """Why no page came: what is said of feeds, but where a page is another matter."""
    sentences: dict[FailureKind, str] = {
        "not_found": _("The page no longer exists: {detail}."),
        "gone": _("The page no longer exists: {detail}."),
        "unauthorized": _("The page requires a login: {detail}."),
        "blocked": _("The site blocks Warta: {detail}. A browser may get in."),
    }
    sentence = sentences.get(answer.failure.kind, "")
    if not sentence or not answer.failure.detail:
        return reason(answer.failure, answer.status)
    return sentence.format(detail=told_detail(clean_line(answer.failure.detail)).rstrip("."))


def _trouble(article: Article, page: PageText, content: tuple[str, ...]) -> str:
    """Why a page's text is not to be taken for the whole article; empty: it may be."""
    if page.words < max(article.feed_words, 1):
        return _("The page has less than the feed, perhaps a login or consent page. The summary stays.")
    if page.selector not in content and not is_about(article, page):
        return _("The page shows something else, perhaps a login or consent page. The summary stays.")
    return ""


def _nothing_found(failure: Failure, url: str) -> str:
    if page_rule(url) is None and not is_installed():
        # What helps has to fit into one line; what was found there does not help.
        command = _("For more sites: {command}").format(command=install_command())
        return f"{_('No article found on the page.')} {command}"
    found = failure.detail
    sentence = _("No article found on the page ({reason}).") if found else _("No article found on the page.")
    return sentence.format(reason=found)
