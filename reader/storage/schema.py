"""The tables of migration 1, grouped by who owns what stands in them.

*From the feed* can be fetched again; *ours* costs a refresh to lose; *the reader's* cannot be replaced by anybody.

An article's id is that of its row in ``statuses``, which is made when the article is first seen and outlives it: an
article that was purged and comes back is not new, and keeps its marks. Its ``place`` in lists is fixed at the same
moment: seconds of the sorting date in the high bits, a distinguishing number in the low 20. So ``ORDER BY place`` is
the order by date, is unique, and is also the order of rowids in the search index, which can therefore give the newest
matches first without sorting.
"""

from __future__ import annotations

__all__ = ["SCHEMA"]

SCHEMA: tuple[str, ...] = (
    """
    CREATE TABLE feeds (
        id              INTEGER PRIMARY KEY,
        -- the user's, copied from feeds.toml at each load
        url             TEXT NOT NULL UNIQUE,         -- as subscribed
        config          TEXT NOT NULL DEFAULT '{}',   -- the whole entry without secrets, JSON
        title           TEXT NOT NULL DEFAULT '',     -- the name shown
        folder          TEXT NOT NULL DEFAULT '',
        position        INTEGER NOT NULL DEFAULT 0,   -- order in the file
        is_listed       INTEGER NOT NULL DEFAULT 1,   -- 0: no longer in the file; hidden, nothing deleted
        -- from the feed
        facts           TEXT NOT NULL DEFAULT '{}',   -- FeedFacts, JSON
        -- ours
        etag            BLOB,                         -- validators: always replaced as a pair
        last_modified   BLOB,
        next_due        INTEGER,                      -- seconds since 1970, UTC, as all times here
        state           TEXT NOT NULL DEFAULT '{}',   -- the rest of FeedState, JSON
        body_hash       BLOB NOT NULL DEFAULT x'',
        item_hashes     BLOB NOT NULL DEFAULT x'',
        lease_owner     TEXT NOT NULL DEFAULT '',     -- who is asking right now
        lease_until     INTEGER NOT NULL DEFAULT 0,
        -- ours, kept by triggers
        articles        INTEGER NOT NULL DEFAULT 0,
        unread          INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
    """
    CREATE TABLE statuses (
        id              INTEGER PRIMARY KEY AUTOINCREMENT,   -- never used again
        -- ours
        merge_hash      INTEGER,                      -- what the article is known by across feeds; NULL: by nothing
        place           INTEGER NOT NULL UNIQUE,      -- (sorting date << 20) + number
        first_seen      INTEGER NOT NULL,
        is_listed       INTEGER NOT NULL DEFAULT 1,   -- the article is stored and stands in a listed feed
        muted_by        TEXT NOT NULL DEFAULT '',     -- the rule that hides it
        highlight       TEXT NOT NULL DEFAULT '',     -- a rule's colour
        -- the reader's
        is_read         INTEGER NOT NULL DEFAULT 0,
        read_at         INTEGER,
        is_starred      INTEGER NOT NULL DEFAULT 0,
        starred_at      INTEGER,
        note            TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    # joins an arriving entry to the article another feed brought
    "CREATE INDEX statuses_by_merge_hash ON statuses (merge_hash) WHERE merge_hash IS NOT NULL",
    # the list of everything, newest first
    "CREATE INDEX statuses_listed ON statuses (place) WHERE is_listed = 1 AND muted_by = ''",
    # Unread and Today; their counts
    "CREATE INDEX statuses_unread ON statuses (place) WHERE is_listed = 1 AND muted_by = '' AND is_read = 0",
    # Starred (which beats muted)
    "CREATE INDEX statuses_starred ON statuses (place) WHERE is_starred = 1",
    # is:new
    "CREATE INDEX statuses_by_first_seen ON statuses (first_seen, place)",
    # is:muted
    "CREATE INDEX statuses_muted ON statuses (place) WHERE muted_by <> ''",
    """
    CREATE TABLE articles (
        id              INTEGER PRIMARY KEY REFERENCES statuses (id),
        feed_id         INTEGER NOT NULL REFERENCES feeds (id),   -- the first feed it came from
        -- from the feed
        title           TEXT NOT NULL,
        url             TEXT NOT NULL DEFAULT '',
        author          TEXT NOT NULL DEFAULT '',
        summary         TEXT NOT NULL DEFAULT '',     -- one line, at most 300 characters
        dateline        TEXT NOT NULL DEFAULT '',     -- its place name
        published       INTEGER,
        updated         INTEGER,
        raw_date        TEXT NOT NULL DEFAULT '',
        categories      TEXT NOT NULL DEFAULT '[]',   -- JSON
        enclosures      TEXT NOT NULL DEFAULT '[]',   -- JSON
        image_url       TEXT NOT NULL DEFAULT '',
        comments_url    TEXT NOT NULL DEFAULT '',
        -- ours
        words           INTEGER NOT NULL DEFAULT 0,   -- of the longest text
        media           TEXT NOT NULL DEFAULT '',     -- letters: a audio, v video, i image, f whole article
        changed_at      INTEGER
    ) STRICT
    """,
    # which articles stand in which feeds; rows outlive the article, so a returning entry is known
    """
    CREATE TABLE feed_articles (
        feed_id         INTEGER NOT NULL REFERENCES feeds (id),
        entry_hash      INTEGER NOT NULL,             -- what the entry is known by inside this feed
        article_id      INTEGER NOT NULL REFERENCES statuses (id),
        place           INTEGER NOT NULL,             -- copy of statuses.place: the feed's list in order
        content_hash    BLOB NOT NULL DEFAULT x'',    -- as last stored from this feed
        PRIMARY KEY (feed_id, entry_hash)
    ) STRICT, WITHOUT ROWID
    """,
    # a feed's or folder's list, newest first
    "CREATE INDEX feed_articles_by_place ON feed_articles (feed_id, place, article_id)",
    # an article's feeds
    "CREATE INDEX feed_articles_by_article ON feed_articles (article_id)",
    """
    CREATE TABLE texts (
        id              INTEGER PRIMARY KEY REFERENCES articles (id),
        -- from the feed
        document        BLOB NOT NULL DEFAULT x'',    -- model.document.pack
        text            TEXT NOT NULL DEFAULT '',     -- plain text of the document
        -- from the article's page
        full_document   BLOB NOT NULL DEFAULT x'',
        full_text       TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    # rowid = statuses.place. What goes in has been folded and cut into words by text.fold, so the tokenizer has only to
    # split at spaces, and Python's meaning of a query is the same as SQL's by construction. Derived from articles and
    # texts; `labels` holds made-up words for what rarely changes (feeds, host parts), so one index answers "this word
    # in that folder". Written only through search.index, which makes the columns.
    """
    CREATE VIRTUAL TABLE search USING fts5 (
        title, body, author, labels,
        content = '', tokenize = 'ascii', prefix = '1 2 3', columnsize = 0
    )
    """,
    """
    CREATE TABLE article_tags (
        article_id      INTEGER NOT NULL REFERENCES statuses (id),
        tag             TEXT NOT NULL,
        place           INTEGER NOT NULL,
        PRIMARY KEY (article_id, tag)
    ) STRICT, WITHOUT ROWID
    """,
    # a tag's list, newest first
    "CREATE INDEX article_tags_by_tag ON article_tags (tag, place, article_id)",
    """
    CREATE TABLE journal (
        id              INTEGER PRIMARY KEY AUTOINCREMENT,
        at              INTEGER NOT NULL,
        kind            TEXT NOT NULL,                -- read, unread, star, unstar, tag, untag, mute …
        label           TEXT NOT NULL DEFAULT '',     -- a title or a query, for the message
        count           INTEGER NOT NULL,
        changes         BLOB NOT NULL,                -- compressed JSON: what was before
        undone_at       INTEGER
    ) STRICT
    """,
    """
    CREATE TABLE ui_state (
        key             TEXT PRIMARY KEY,
        value           TEXT NOT NULL                 -- JSON
    ) STRICT, WITHOUT ROWID
    """,
    # a story: articles of different feeds about one event (later)
    """
    CREATE TABLE story_articles (
        story_id        INTEGER NOT NULL,
        article_id      INTEGER NOT NULL REFERENCES statuses (id),
        PRIMARY KEY (article_id)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE meta (
        key             TEXT PRIMARY KEY,
        value           TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
)
