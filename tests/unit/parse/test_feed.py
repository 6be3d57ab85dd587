"""RSS, RDF and Atom as publishers really write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from reader.model import Enclosure, Figure, unpack
from tests.hostile import atom, item, rss

from .helpers import entry, feed

NS = (
    "xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:dc='http://purl.org/dc/elements/1.1/' "
    "xmlns:media='http://search.yahoo.com/mrss/' xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd' "
    "xmlns:atom='http://www.w3.org/2005/Atom' xmlns:feedburner='http://rssnamespace.org/feedburner/ext/1.0'"
)


def rss_with(item_xml: str, head: str = "") -> bytes:
    return (
        f"<rss version='2.0' {NS}><channel><title>Kabar</title>{head}<item>{item_xml}</item></channel></rss>"
    ).encode()


def test_reads_what_a_feed_tells_of_itself() -> None:
    """The scheduler lives on ttl and skipHours, the sidebar on the title."""
    head = (
        "<link>https://kabar.example/</link><language>ID-id</language><ttl> 90 </ttl>"
        "<skipHours><hour>0</hour><hour>24</hour><hour>7</hour><hour>99</hour></skipHours>"
        "<skipDays><day>Sunday</day><day>monday</day><day>Hari</day></skipDays>"
        "<image><url>/logo.png</url><title>Logo</title></image>"
        "<atom:link rel='hub' href='https://hub.example/'/>"
    )

    facts = feed(rss_with("<title>x</title>", head)).facts

    assert (facts.title, facts.site_url, facts.language) == ("Kabar", "https://kabar.example/", "id-id")
    assert (facts.ttl_minutes, facts.skip_hours, facts.skip_days) == (90, frozenset({0, 7}), frozenset({0, 6}))
    assert (facts.icon_url, facts.hub_url, facts.format) == (
        "https://kabar.example/logo.png",
        "https://hub.example/",
        "rss20",
    )


def test_facts_survive_when_nothing_is_new() -> None:
    """A refresh that brings nothing must not wipe out the feed's title."""
    body = rss(item(1), item(2), head="<ttl>60</ttl>")

    again = feed(body, known=feed(body).item_hashes)

    assert (again.facts.title, again.facts.ttl_minutes, again.entries, again.skipped) == ("Uji", 60, (), 2)


def test_only_new_and_changed_items_are_parsed() -> None:
    """A refresh costs what changed."""
    known = feed(rss(item(1), item(2))).item_hashes

    found = feed(rss(item(3), item(1), item(2, title="Diralat")), known=known)

    assert [(each.key, each.title) for each in found.entries] == [("g3", "Berita 3"), ("g2", "Diralat")]
    assert found.skipped == 1


def test_antara_leading_picture_is_the_articles_picture() -> None:
    """Antara starts the description with a floated thumbnail; it is no text."""
    found = entry(
        rss_with(
            "<title>Hujan di Natuna</title><link>https://kepri.antaranews.com/berita/14104/hujan</link>"
            "<guid isPermaLink='false'>https://kepri.antaranews.com/berita/14104/hujan</guid>"
            '<description><![CDATA[<img src="https://img.example/a.jpg" align="left" border="0">Hujan deras '
            "turun sejak pagi …]]></description><pubDate>Tue, 16 Dec 2025 17:05:00 +0700</pubDate>"
        )
    )

    assert found.key == "kepri.antaranews.com#14104"
    assert found.merge_key == "kepri.antaranews.com#14104"
    assert found.image_url == "https://img.example/a.jpg"
    assert found.summary == "Hujan deras turun sejak pagi …"
    assert found.published == datetime(2025, 12, 16, 10, 5, tzinfo=UTC)
    assert found.raw_date == "Tue, 16 Dec 2025 17:05:00 +0700"


def test_detik_mixes_escaped_html_and_cdata_in_one_element() -> None:
    """Both halves are the description, in their order."""
    found = entry(
        rss_with(
            "<title><![CDATA[Harga beras turun]]></title><link>https://finance.detik.com/berita/d-5000001/harga</link>"
            "<description>&lt;img src=&quot;https://img.example/b.jpg&quot; align=&quot;left&quot; /&gt;"
            "<![CDATA[Harga beras turun Rp 500 per kilogram.]]></description>"
            "<enclosure url='https://img.example/b.jpg' length='10240' type='image/jpeg'/>"
        )
    )

    assert found.key == "detik.com#5000001"
    assert found.summary == "Harga beras turun Rp 500 per kilogram."
    assert found.enclosures == (Enclosure("https://img.example/b.jpg", "image/jpeg", 10240),)
    assert found.image_url == "https://img.example/b.jpg"


def test_republika_pads_with_newlines_and_captions_its_media() -> None:
    """The padding is no text, the credit belongs under the picture."""
    found = entry(
        rss_with(
            "<title>\n\n<![CDATA[ Panen raya ]]>\n</title><link>https://republika.example/berita/1</link>"
            "<category>\n <![CDATA[ news ]]>\n</category><category>news</category>"
            "<content:encoded>\n<![CDATA[ <p>Petani panen raya.</p> ]]>\n</content:encoded>"
            "<media:content url='https://img.example/c.jpg' medium='image'><media:credit>Antara/Contoh</media:credit>"
            "<media:title>Petani di Sleman (Ist)</media:title></media:content>"
        )
    )
    document = unpack(found.document)

    assert (found.title, found.categories, found.text) == ("Panen raya", ("news",), found.text)
    assert isinstance(document.blocks[0], Figure)
    assert (document.blocks[0].caption.text, document.blocks[0].credit) == (
        "Petani di Sleman",
        "Antara/Contoh",
    )
    assert document.links[document.blocks[0].link] == "https://img.example/c.jpg" == found.image_url
    assert found.summary == "Petani panen raya."


def test_okezone_media_without_medium_is_a_picture_by_its_name() -> None:
    """`<media:content expression="full">` alone does not tell what it is."""
    found = entry(
        rss_with(
            "<title>x</title><media:content url='https://img.example/d.JPG?w=300' expression='full'/>"
            "<category>breaking news - Property</category>"
        )
    )

    assert found.image_url == "https://img.example/d.JPG?w=300"
    assert found.categories == ("breaking news - Property",)


def test_rri_snippet_gives_place_and_summary_apart() -> None:
    """The row shows the place by itself; the summary starts with the news."""
    found = entry(
        rss_with(
            "<title>Hujan deras di Natuna - RRI.co.id</title><link>https://www.rri.co.id/daerah/700038/hujan</link>"
            "<description>KBRN, Natuna: Hujan deras mengguyur Ranai sejak pagi.</description>"
        )
    )

    assert (found.title, found.place) == ("Hujan deras di Natuna", "Natuna")
    assert found.summary == "Hujan deras mengguyur Ranai sejak pagi."
    assert found.text.startswith("KBRN, Natuna: Hujan deras")


def test_literal_carriage_returns_are_white_space() -> None:
    """Antara's feed of 2017 writes `&#13;` as text."""
    assert entry(rss_with("<title>x</title><description>a&amp;#13;\nb&#13;c</description>")).summary == "a b c"


def test_podcast_episodes_carry_their_file() -> None:
    """A podcast without file, duration and picture is no podcast."""
    found = entry(
        rss_with(
            "<title>Episode 1</title><enclosure url='/e1.mp3' length='123' type='Audio/MPEG'/>"
            "<itunes:duration>1:02:03</itunes:duration><itunes:image href='/e1.jpg'/>"
        )
    )

    assert found.enclosures == (Enclosure("https://kabar.example/e1.mp3", "audio/mpeg", 123, 3723),)
    assert found.image_url == "https://kabar.example/e1.jpg"


def test_media_files_of_one_address_are_one() -> None:
    """Enclosure and media:content often name the same file."""
    found = entry(
        rss_with(
            "<title>x</title><enclosure url='https://v.example/a.mp4' type='video/mp4'/>"
            "<media:content url='https://v.example/a.mp4' fileSize='77' duration='12'/>"
        )
    )

    assert found.enclosures == (Enclosure("https://v.example/a.mp4", "video/mp4", 77, 12),)


def test_the_longest_text_is_the_text_and_the_description_its_summary() -> None:
    """A caption filed under content must not replace the article."""
    found = entry(
        rss_with(
            "<title>x</title><description>Ringkas saja.</description>"
            "<content:encoded>&lt;p&gt;Isi yang lebih panjang dari ringkasannya.&lt;/p&gt;</content:encoded>"
            "<media:content url='https://img.example/e.jpg'><media:description>Ket.</media:description></media:content>"
        )
    )

    assert (found.summary, found.text) == ("Ringkas saja.", "Isi yang lebih panjang dari ringkasannya.")


def test_a_missing_title_is_the_start_of_the_text() -> None:
    """A row without words cannot be chosen."""
    found = entry(rss_with("<description>Gempa terasa di Ranai.</description>"))

    assert found.title == "Gempa terasa di Ranai."


def test_tails_of_the_feeds_own_are_taken_off_titles() -> None:
    """RRI's name behind every title costs a third of the row."""
    body = rss_with("<title>Hujan deras - RRI.co.id</title>")

    assert entry(body, title_strip=(" - RRI.co.id",)).title == "Hujan deras"


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ("AT&amp;amp;T &amp;#8217;s", "AT&T ’s"),
        ("<![CDATA[Harga <b>naik</b> &amp; turun]]>", "Harga naik & turun"),
        ("a &lt; b dan c &gt; d", "a < b dan c > d"),
        ("[@click=app.quit]x[/]", "[@click=app.quit]x[/]"),
        ("Satu\n   dua", "Satu dua"),
    ],
)
def test_titles_are_one_line_of_text(markup: str, title: str) -> None:
    """Publishers escape titles twice, once, or not at all."""
    assert entry(rss_with(f"<title>{markup}</title>")).title == title


def test_links_are_absolute_and_the_articles_own() -> None:
    """A counting service's address that redirects is not where the article is."""
    counted = entry(
        rss_with(
            "<title>x</title><link>https://feeds.example/~r/1</link>"
            "<feedburner:origLink>https://kabar.example/1</feedburner:origLink>"
        )
    )
    relative = entry(rss_with("<title>x</title><link>/berita/2?a=1&amp;b=2</link><comments>/2#k</comments>"))

    assert counted.url == "https://kabar.example/1"
    assert (relative.url, relative.comments_url) == (
        "https://kabar.example/berita/2?a=1&b=2",
        "https://kabar.example/2#k",
    )


@pytest.mark.parametrize(
    ("markup", "author"),
    [
        ("<author>redaksi@kabar.example (Sri Contoh)</author>", "Sri Contoh"),
        ("<author>redaksi@kabar.example</author>", "redaksi@kabar.example"),
        ("<dc:creator><![CDATA[Sri Contoh]]></dc:creator>", "Sri Contoh"),
        ("", ""),
    ],
)
def test_authors_are_names(markup: str, author: str) -> None:
    """RSS wants an address there; readers want a name."""
    assert entry(rss_with(f"<title>x</title>{markup}")).author == author


def test_atom_with_xhtml_bases_and_two_dates() -> None:
    """Atom tells more than RSS, and all of it counts."""
    found = entry(
        atom(
            "<entry xml:base='https://lain.example/b/'><id>tag:x,2025:1</id><title type='html'>A &amp;amp; B</title>"
            "<link rel='enclosure' href='/x.mp3' type='audio/mpeg'/><link href='satu'/>"
            "<author><name>Sri</name></author><author><name>Adi</name></author>"
            "<published>2025-06-18T07:30:00+07:00</published><updated>2025-06-19T00:00:00Z</updated>"
            "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>"
            "<p>Isi <a href='dua'>di sini</a>.</p></div></content></entry>"
        )
    )

    assert (found.key, found.title, found.author) == ("tag:x,2025:1", "A & B", "Sri, Adi")
    assert found.url == "https://lain.example/b/satu"
    assert unpack(found.document).links == ("https://lain.example/b/dua",)
    assert found.published == datetime(2025, 6, 18, 0, 30, tzinfo=UTC)
    assert found.updated == datetime(2025, 6, 19, tzinfo=UTC)
    assert found.text == "Isi di sini."


def test_rdf_items_outside_the_channel() -> None:
    """RSS 1.0 puts its items beside the channel, dated by Dublin Core."""
    body = (
        b"<rdf:RDF xmlns='http://purl.org/rss/1.0/' xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
        b"xmlns:dc='http://purl.org/dc/elements/1.1/'><channel rdf:about='https://kabar.example/'><title>Lama</title>"
        b"</channel><item rdf:about='https://kabar.example/1'><title>Satu</title><link>https://kabar.example/1</link>"
        b"<dc:date>2025-06-18T00:00+07:00</dc:date></item></rdf:RDF>"
    )

    found = feed(body)

    assert (found.facts.title, found.facts.format) == ("Lama", "rss10")
    assert [each.key for each in found.entries] == ["https://kabar.example/1"]
    assert found.entries[0].published == datetime(2025, 6, 17, 17, 0, tzinfo=UTC)
    assert feed(body, known=found.item_hashes).entries == ()


@pytest.mark.parametrize("date", ["", "Rabu kemarin", "Fri, 31 Dec 9999 00:00:00 GMT"])
def test_a_nonsense_date_is_none_and_kept_as_written(date: str) -> None:
    """The time of first seeing is better than a made-up one; what stood there can still be shown."""
    found = entry(rss_with(f"<title>x</title><pubDate>{date}</pubDate>"))

    assert (found.published, found.raw_date) == (None, date)


def test_an_item_without_date_does_not_take_its_neighbours() -> None:
    """Parsers built on regular expressions do."""
    first, second = feed(rss(item(1), item(2, extra="<pubDate>18 Jun 2025 07:30 WIB</pubDate>"))).entries

    assert first.published is None
    assert second.published == datetime(2025, 6, 18, 0, 30, tzinfo=UTC)


def test_the_content_hash_tells_a_changed_article() -> None:
    """An article is stored again only if something in it changed."""
    original, same = entry(rss(item(1))), entry(rss(item(1)))

    assert original.content_hash == same.content_hash
    assert len(original.content_hash) == 8
    assert entry(rss(item(1, text="Ralat"))).content_hash != original.content_hash


def test_a_new_time_of_change_alone_is_no_change() -> None:
    """Some feeds say of every entry that it was updated just now."""
    hashes = {
        entry(
            atom(f"<entry><id>a</id><published>2025-06-18</published><updated>2025-06-{day}</updated></entry>")
        ).content_hash
        for day in (18, 19)
    }

    assert len(hashes) == 1


def test_words_and_text_are_those_of_the_document() -> None:
    """Search and `words:` go by them."""
    found = entry(
        rss_with("<title>x</title><description>&lt;p&gt;Satu dua&lt;/p&gt;&lt;p&gt;tiga&lt;/p&gt;</description>")
    )

    assert (found.text, found.words) == ("Satu dua\n\ntiga", 3)


def test_junk_before_and_after_the_feed_is_no_obstacle() -> None:
    """White space before the declaration is the commonest mistake of all."""
    body = (
        b"\xef\xbb\xbf\n\n  <?xml version='1.0' encoding='utf-8'?>\n<!-- x --><?y z?>"
        + rss(item(1))
        + b"\n<!-- 0.2 s -->"
    )

    assert [each.key for each in feed(body).entries] == ["g1"]


def test_a_feed_that_only_lacks_its_last_tag_is_whole() -> None:
    """Some publishers never close the document; their validators must count all the same."""
    found = feed(rss(item(1), item(2))[:-1])

    assert len(found.entries) == 2
    assert not found.is_partial


def test_entities_of_the_document_are_put_in() -> None:
    """Short plain ones are text the publisher meant."""
    body = rss(
        item(1, text="&situs; &eacute;"), prolog="<!DOCTYPE rss [<!ENTITY situs 'Kabar &#38; Berita'><!ENTITY s2 'R'>]>"
    )

    assert feed(body.replace(b"&#38;", b"dan")).entries[0].text == "Kabar dan Berita é"
