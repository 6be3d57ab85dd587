"""What is known of particular sites' addresses, as tables: trackers, counting pixels, article numbers."""

from __future__ import annotations

import re

from reader.light import dataclass, late_pattern

__all__ = ["PIXEL_HOSTS", "SITE_RULES", "TRACKER_NAMES", "TRACKER_PAIRS", "TRACKER_PREFIXES", "SiteRule"]


def _names(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


TRACKER_PREFIXES = ("utm_", "mtm_", "pk_", "piwik_", "hsa_", "ns_", "at_", "ga_", "itm_", "_hs", "mc_", "matomo_")
"""Query parameters that begin so say where a reader came from."""

TRACKER_NAMES = _names(
    "fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid twclid ttclid li_fat_id igshid igsh srsltid epik",
    "_ga _gl _gac _openstat __twitter_impression mkt_tok vero_id vero_conv oly_enc_id oly_anon_id rb_clickid",
    "wickedid s_cid ncid cmpid cmp icid ocid xtor ref_src ref_url wt_mc wt.mc_id wt_zmc smid smtyp emc ito",
    "guccounter guce_referrer guce_referrer_sig soc_src soc_trk sref spm share_id trk maca traffic_source",
    "tag_from __s _branch_match_id _branch_referrer yptr ftag fb_action_ids fb_action_types fb_source",
)
"""Query parameters, lower case, which only say where a reader came from."""

TRACKER_PAIRS = frozenset(
    {
        ("page", "all"), ("single", "1"), ("amp", ""), ("amp", "1"), ("outputtype", "amp"), ("m", "1"),
        ("ref", "rss"), ("source", "rss"), ("from", "rss"), ("partner", "rss"), ("rss", "1"), ("rss", "yes"),
        ("via", "rss"), ("feature", "share"), ("feature", "youtu.be"), ("medium", "rss"), ("campaign", "rss"),
    }
)  # fmt: skip
"""Name and value, lower case, which show the same article in another way or say it came from a feed."""

PIXEL_HOSTS = _names(
    "pixel.wp.com stats.wordpress.com stats.wp.com b.scorecardresearch.com sb.scorecardresearch.com",
    "doubleclick.net google-analytics.com googletagmanager.com pixel.quantserve.com feedsportal.com",
    "feedads.g.doubleclick.net pixel.facebook.com analytics.twitter.com t.co counter.yadro.ru mc.yandex.ru",
    "rss-pixel.com pi.feedsportal.com",
)
"""Hosts whose images only count readers."""


@dataclass(frozen=True, slots=True)
class SiteRule:
    """How a site numbers its articles, so that several addresses of one article are known as one."""

    site: str
    """The site without ``www.``; its subdomains are meant too."""
    pattern: re.Pattern[str]
    """Searched in the canonical path (no ``/amp``, no ``/index.php``); the group ``id`` is the number."""
    example: str
    """An address the rule is for."""
    key: str
    """What `urls.site_key` makes of the example."""
    is_per_host: bool = False
    """Whether each subdomain counts for itself."""


SITE_RULES = (
    # The station and the category in the path vary for one article.
    SiteRule(
        "rri.co.id",
        late_pattern(r"^/(?:[^/]+/){1,2}(?P<id>\d{5,})(?:/[^/]*)?$"),
        "https://www.rri.co.id/index.php/ranai/daerah/700038/contoh-judul",
        "rri.co.id#700038",
    ),
    # A bureau numbers its own articles.
    SiteRule(
        "antaranews.com",
        late_pattern(r"^/(?:berita|news)/(?P<id>\d+)(?:/[^/]*)?$"),
        "https://kepri.antaranews.com/amp/berita/14104/contoh-judul",
        "kepri.antaranews.com#14104",
        is_per_host=True,
    ),
    SiteRule(
        "antaranews.com",
        late_pattern(r"^/(?P<id>(?:foto|video|infografik)/\d+)(?:/[^/]*)?$"),
        "https://www.antaranews.com/foto/4901234/contoh-judul?utm_source=rss",
        "antaranews.com#foto/4901234",
        is_per_host=True,
    ),
    # The slug is edited after publication.
    SiteRule(
        "liputan6.com",
        late_pattern(r"/read/(?P<id>\d+)(?:/[^/]*)?$"),
        "https://www.liputan6.com/news/read/6055946/contoh-judul?page=2",
        "liputan6.com#6055946",
    ),
    SiteRule(
        "detik.com",
        late_pattern(r"/d-(?P<id>\d+)(?:/[^/]*)?(?:/\d+)?$"),
        "https://news.detik.com/berita/d-7968123/contoh-judul?single=1",
        "detik.com#7968123",
    ),
    SiteRule(
        "cnnindonesia.com",
        late_pattern(r"^/[^/]+/(?P<id>\d{14}-\d+-\d+)(?:/[^/]*)?$"),
        "https://www.cnnindonesia.com/nasional/20250618141520-12-1240999/contoh-judul",
        "cnnindonesia.com#20250618141520-12-1240999",
    ),
    SiteRule(
        "cnbcindonesia.com",
        late_pattern(r"^/[^/]+/(?P<id>\d{14}-\d+-\d+)(?:/[^/]*)?$"),
        "https://www.cnbcindonesia.com/news/20250618141520-4-640999/contoh-judul",
        "cnbcindonesia.com#20250618141520-4-640999",
    ),
    SiteRule(
        "kompas.com",
        late_pattern(r"/read/(?P<id>\d{4}/\d\d/\d\d/\d{6,})(?:/[^/]*)?$"),
        "https://nasional.kompas.com/read/2025/06/18/21350041/contoh-judul?page=all",
        "kompas.com#2025/06/18/21350041",
    ),
    SiteRule(
        "okezone.com",
        late_pattern(r"/read/(?P<id>\d{4}/\d\d/\d\d/\d+/\d+)(?:/[^/]*)?$"),
        "https://nasional.okezone.com/read/2025/06/18/337/3148123/contoh-judul",
        "okezone.com#2025/06/18/337/3148123",
    ),
)
"""The first rule that fits counts."""
