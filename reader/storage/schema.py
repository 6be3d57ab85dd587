"""The tables of migration 1, grouped by who owns what stands in them.

*From the feed* can be fetched again; *ours* costs a refresh to lose; *the reader's* cannot be replaced by anybody.

An article's id is that of its row in ``statuses``, which is made when the article is first seen and outlives it: an
article that was purged and comes back is not new, and keeps its marks. Its ``place`` in lists is fixed at the same
moment: seconds of the sorting date in the high bits, a distinguishing number in the low 20. So ``ORDER BY place`` is
the order by date, is unique, and is also the order of rowids in the search index, which can therefore give the newest
matches first without sorting.

What a list needs of an article for finding, hiding and counting stands in narrow tables (`statuses`, `feed_articles`);
counters are kept by triggers, so they are exact whichever process writes, and cost the same at any size.

A muted article is hidden; a starred one never is, so starring takes ``muted_by`` away and no rule puts it on again:
``is_starred = 1`` implies ``muted_by = ''``.
"""

from __future__ import annotations

__all__ = ["SCHEMA", "SEARCH"]

SEARCH: tuple[str, ...] = (
    # rowid = statuses.place. What goes in has been folded and cut into words by text.fold, so the tokenizer has only to
    # split at spaces, and Python's meaning of a query is the same as SQL's by construction. Derived from articles and
    # texts; `labels` holds made-up words for what rarely changes (feeds, host parts), so one index answers "this word
    # in that folder". Written only through search.index, which makes the columns.
    """
    CREATE VIRTUAL TABLE search USING fts5 (
        title, body, author, labels,
        content = '', tokenize = 'ascii', prefix = '1 2 3 4', columnsize = 0
    )
    """,
    # a transaction's words are sorted in memory as a whole, and segments merged as seldom as searching them allows
    "INSERT INTO search (search, rank) VALUES ('hashsize', 8388608)",
    "INSERT INTO search (search, rank) VALUES ('automerge', 16)",
    # ... and little by little, never all of them in the transaction that comes next: a mark would wait for seconds
    "INSERT INTO search (search, rank) VALUES ('crisismerge', 200)",
)
"""The search index, which can be made anew from articles and texts at any time."""

SCHEMA: tuple[str, ...] = (
    """
    CREATE TABLE feeds (
        id              INTEGER PRIMARY KEY,
        -- the user's, copied from feeds.toml at each load
        url             TEXT NOT NULL UNIQUE,         -- as subscribed
        title           TEXT NOT NULL DEFAULT '',     -- the name shown
        folder          TEXT NOT NULL DEFAULT '',
        position        INTEGER NOT NULL DEFAULT 0,   -- order in the file
        is_listed       INTEGER NOT NULL DEFAULT 1,   -- 0: no longer in the file; hidden, nothing deleted
        config          TEXT NOT NULL DEFAULT '{}',   -- the whole entry without secrets, JSON
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
        revision        INTEGER NOT NULL DEFAULT 0    -- grows with each refresh, whichever process made it
    ) STRICT
    """,
    # kept by triggers; apart from feeds, whose rows are long
    """
    CREATE TABLE feed_counts (
        feed_id         INTEGER PRIMARY KEY REFERENCES feeds (id),
        articles        INTEGER NOT NULL DEFAULT 0,   -- stored
        unread          INTEGER NOT NULL DEFAULT 0    -- of them, unread and not muted
    ) STRICT
    """,
    """
    CREATE TABLE totals (
        id              INTEGER PRIMARY KEY CHECK (id = 1),
        listed          INTEGER NOT NULL DEFAULT 0,   -- is_listed and not muted
        unread          INTEGER NOT NULL DEFAULT 0,   -- of them, unread
        starred         INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
    "INSERT INTO totals (id) VALUES (1)",
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
        feed_id         INTEGER NOT NULL REFERENCES feeds (id),   -- its home: the first feed it came from
        text_feed_id    INTEGER NOT NULL,             -- whose text is stored: home, or a feed that says more
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
        feed_words      INTEGER NOT NULL DEFAULT 0,   -- of the feed's text
        media           TEXT NOT NULL DEFAULT '',     -- letters, see entries.media_letters
        changed_at      INTEGER
    ) STRICT
    """,
    # what each entry of a feed became; outlives the article, so that a purged one does not come back as new
    """
    CREATE TABLE feed_entries (
        feed_id         INTEGER NOT NULL REFERENCES feeds (id),
        entry_hash      INTEGER NOT NULL,             -- what the entry is known by inside this feed
        article_id      INTEGER NOT NULL REFERENCES statuses (id),
        content_hash    BLOB NOT NULL DEFAULT x'',    -- as last stored from this feed
        PRIMARY KEY (feed_id, entry_hash)
    ) STRICT, WITHOUT ROWID
    """,
    # which stored articles stand in which feeds, each once; in this order it is a feed's or folder's list, newest last
    """
    CREATE TABLE feed_articles (
        feed_id         INTEGER NOT NULL REFERENCES feeds (id),
        place           INTEGER NOT NULL,             -- copy of statuses.place
        article_id      INTEGER NOT NULL REFERENCES articles (id),
        PRIMARY KEY (feed_id, place)
    ) STRICT, WITHOUT ROWID
    """,
    # an article's feeds
    "CREATE INDEX feed_articles_by_article ON feed_articles (article_id, feed_id)",
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
    *SEARCH,
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
    # the counters
    """
    CREATE TRIGGER feeds_added AFTER INSERT ON feeds
    BEGIN
        INSERT INTO feed_counts (feed_id) VALUES (NEW.id);
    END
    """,
    """
    CREATE TRIGGER feed_articles_added AFTER INSERT ON feed_articles
    BEGIN
        UPDATE feed_counts
           SET articles = articles + 1,
               unread = unread + (SELECT is_read = 0 AND muted_by = '' FROM statuses WHERE id = NEW.article_id)
         WHERE feed_id = NEW.feed_id;
    END
    """,
    """
    CREATE TRIGGER feed_articles_removed AFTER DELETE ON feed_articles
    BEGIN
        UPDATE feed_counts
           SET articles = articles - 1,
               unread = unread - (SELECT is_read = 0 AND muted_by = '' FROM statuses WHERE id = OLD.article_id)
         WHERE feed_id = OLD.feed_id;
    END
    """,
    """
    CREATE TRIGGER statuses_added AFTER INSERT ON statuses
    BEGIN
        UPDATE totals
           SET listed = listed + (NEW.is_listed = 1 AND NEW.muted_by = ''),
               unread = unread + (NEW.is_listed = 1 AND NEW.muted_by = '' AND NEW.is_read = 0),
               starred = starred + NEW.is_starred;
    END
    """,
    """
    CREATE TRIGGER statuses_changed AFTER UPDATE OF is_listed, muted_by, is_read, is_starred ON statuses
    BEGIN
        UPDATE totals
           SET listed = listed + (NEW.is_listed = 1 AND NEW.muted_by = '')
                               - (OLD.is_listed = 1 AND OLD.muted_by = ''),
               unread = unread + (NEW.is_listed = 1 AND NEW.muted_by = '' AND NEW.is_read = 0)
                               - (OLD.is_listed = 1 AND OLD.muted_by = '' AND OLD.is_read = 0),
               starred = starred + NEW.is_starred - OLD.is_starred;
        UPDATE feed_counts
           SET unread = unread + (NEW.muted_by = '' AND NEW.is_read = 0) - (OLD.muted_by = '' AND OLD.is_read = 0)
         WHERE feed_id IN (SELECT feed_id FROM feed_articles WHERE article_id = NEW.id)
           AND (NEW.muted_by = '' AND NEW.is_read = 0) <> (OLD.muted_by = '' AND OLD.is_read = 0);
    END
    """,
)
"""Everything, in order."""
