"""Query parameters that say where a click came from and never which article is meant.

Only names that their maker documents as campaign or click identifiers: a name that some site uses to choose its content
(`id`, `p`, `ref`, `page`, `source`, ...) never stands here. All lower case; compared without regard to case.
"""

from __future__ import annotations

PREFIXES: tuple[str, ...] = (
    "utm_",  # Google Analytics, "URL builders: collect campaign data with custom URLs"
    "mtm_",  # Matomo, "Tracking campaigns"
    "matomo_",  # Matomo, the same
    "piwik_",  # Matomo under its former name
    "pk_",  # Matomo under its former name
    "hsa_",  # HubSpot Ads
    "at_custom",  # Piano Analytics (AT Internet), at_custom1 to at_custom4
    "__hs",  # HubSpot: __hssc, __hstc, __hsfp
    "bsft_",  # Blueshift: bsft_clkid, bsft_uid, bsft_eid
)

NAMES: frozenset[str] = frozenset(
    {
        # Google Ads, Analytics and Search: click identifiers, linker parameters
        "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "gad_source", "gad_campaignid", "srsltid", "_ga", "_gl",
        # Meta, Microsoft, Yandex, X, TikTok, LinkedIn, Pinterest, Snapchat, Reddit, Instagram: click identifiers
        "fbclid", "fb_action_ids", "fb_action_types", "fb_source", "msclkid", "yclid", "ysclid", "twclid", "ttclid", "li_fat_id",
        "epik", "sccid", "rdt_cid", "igshid", "igsh", "mibextid", "_openstat",
        # Mailing systems: Mailchimp, HubSpot, Marketo, Vero, Drip, Klaviyo, Omeda, Olytics, dotdigital, MailerLite, Kit
        "mc_cid", "mc_eid", "_hsenc", "_hsmi", "hsctatracking", "mkt_tok", "vero_id", "vero_conv", "__s", "_kx", "oly_anon_id",
        "oly_enc_id", "dm_i", "ml_subscriber", "ml_subscriber_hash", "ck_subscriber_id",
        # Adobe Analytics, Webtrends, Webtrekk (Mapp), Piano Analytics (AT Internet), Comscore
        "s_cid", "ef_id", "s_kwcid", "wt.mc_id", "wt_mc", "wt_zmc", "xtor", "at_medium", "at_campaign", "at_campaign_type", "at_link_id",
        "at_link_origin", "at_link_type", "at_format", "at_ptr_name", "at_bbc_team", "ns_mchannel", "ns_source", "ns_campaign",
        "ns_linkname", "ns_fee",
        # Publishers' own campaign names, from the feeds of CNN, NPR, the Guardian, the Daily Mail, Reuters and the New York Times
        "cmpid", "cmp", "ito", "ocid", "smid", "ftag", "ncid", "sr_share",
        # FeedBurner
        "feedburner",
    },
)  # fmt: skip


def is_tracking_parameter(name: str) -> bool:
    """Whether a parameter of that (percent-decoded) name may be dropped without changing what a URL means."""
    lowered = name.lower()
    return lowered in NAMES or lowered.startswith(PREFIXES)
