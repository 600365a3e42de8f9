"""Query parameters that say where a click came from and never which article is meant.

One row per source: its maker and, where we know it, the document or list that names them. A name ending in `*` stands for all that begin
with the rest. "Brave": the list in brave-core, components/query_filter/utils.cc; "AdGuard": AdguardFilters,
TrackParamFilter/sections/general_url.txt: names that these remove on every site. A name that some site uses to choose its content
(`id`, `p`, `ref`, `page`, `source`, ...) never stands here, whatever a list says. Compared without regard to case.
"""

from __future__ import annotations

SOURCES: tuple[tuple[str, str], ...] = (
    # Campaign tags
    ("Google Analytics, 'URL builders: collect campaign data with custom URLs'", "utm_*"),
    ("Matomo, 'Tracking campaigns', under its former names too", "mtm_* matomo_* piwik_* pk_*"),
    ("Parse.ly, 'Campaign tracking guide' (AdGuard)", "itm_source itm_medium itm_campaign itm_content itm_term"),
    (
        "Piano Analytics (AT Internet), 'Marketing campaigns'",
        "xtor at_medium at_campaign at_campaign_type at_link_id at_link_origin at_link_type at_format at_ptr_name at_bbc_team at_custom*",
    ),
    ("the same, in mails (Brave)", "at_recipient_id at_recipient_list"),
    ("Piano (Cxense), click-through of recommendations (AdGuard)", "cx_click cx_recsorder cx_recswidget"),
    ("Adobe Analytics and Advertising: campaign and click ids (AdGuard, Brave: s_cid)", "s_cid ef_id s_kwcid"),
    ("Webtrends, Webtrekk (Mapp), 'URL campaign mapper'", "wt.mc_id wt_mc wt_zmc"),
    ("Coremetrics (HCL, Acoustic), 'Marketing channels report' (AdGuard)", "cm_mmc* cm_me cm_cr"),
    ("Comscore", "ns_mchannel ns_source ns_campaign ns_linkname ns_fee"),
    ("DPG Media's own campaign tags (AdGuard)", "dpg_source dpg_medium dpg_campaign dpg_content"),
    ("Adjust, 'Track web campaigns' (AdGuard)", "adjust_*"),
    ("FeedBurner", "feedburner"),
    ("Openstat (AdGuard, Brave)", "_openstat"),
    # Click ids of advertisers, networks and platforms
    (
        "Google Ads, Analytics and Search; AMP viewers (AdGuard, Brave)",
        "gclid gclsrc dclid gbraid wbraid gad_source gad_campaignid srsltid _ga _gl usqp",
    ),
    (
        "Facebook (AdGuard, Brave)",
        "fbclid fb_action_ids fb_action_types fb_source fb_ref fb_comment_id action_object_map action_ref_map action_type_map mibextid",
    ),
    ("Instagram (Brave)", "igshid igsh"),
    ("Microsoft Advertising (AdGuard, Brave)", "msclkid"),
    ("Yandex (AdGuard, Brave)", "yclid ysclid ymclid"),
    ("Yahoo, the way through its consent page (AdGuard, Brave)", "guccounter guce_referrer guce_referrer_sig"),
    ("X (AdGuard, Brave)", "twclid __twitter_impression"),
    (
        "TikTok, LinkedIn, Pinterest, Snapchat, Reddit, Quora: click ids of their advertisements",
        "ttclid li_fat_id epik sccid rdt_cid qclid",
    ),
    ("Taboola, Outbrain: click ids of their recommendations", "tblci dicbo"),
    ("Branch (AdGuard, Brave)", "_branch_match_id _branch_referrer"),
    ("impact.com (AdGuard, Brave)", "irclickid irgwc ir_campaignid ir_adid ir_partnerid"),
    ("Awin, once Zanox; ShareASale; Tradedoubler (AdGuard: awc, sscid, tduid)", "awc zanpid sscid tduid"),
    ("CJ Affiliate", "cjevent"),
    ("Unicorn, an advertising network (AdGuard, Brave)", "unicorn_click_id"),
    ("the mark of advertisements that Russian law asks for (AdGuard)", "erid"),
    ("Wicked Reports (AdGuard, Brave)", "wickedid"),
    # Mailing systems: the mail, the link in it, or who got it
    ("Mailchimp (AdGuard, Brave: mc_eid)", "mc_cid mc_eid"),
    ("HubSpot, 'Ad tracking in HubSpot' (AdGuard, Brave)", "hsa_* __hs* _hsenc _hsmi hsctatracking"),
    ("Marketo (AdGuard, Brave)", "mkt_tok"),
    ("Oracle Eloqua, asset and campaign ids in links", "elqtrackid elqtrack elqaid elqat elqak elqcampaignid"),
    ("Salesforce Marketing Cloud (Brave)", "et_rid"),
    ("Vero (AdGuard, Brave)", "vero_id vero_conv"),
    ("Drip (AdGuard, Brave)", "__s"),
    ("Klaviyo (AdGuard, Brave)", "_kx"),
    ("Omeda, Olytics (AdGuard, Brave)", "oly_anon_id oly_enc_id rb_clickid"),
    ("dotdigital", "dm_i"),
    ("MailerLite (AdGuard, Brave)", "ml_subscriber ml_subscriber_hash"),
    ("Kit, once ConvertKit (Brave)", "ck_subscriber_id"),
    ("beehiiv (Brave)", "_bhlid"),
    ("Blueshift (AdGuard, Brave)", "bsft_*"),
    ("ClickDimensions (AdGuard)", "_clde _cldee"),
    ("Mindbox (AdGuard)", "mindbox-click-id mindbox-message-key"),
    ("Emarsys (Brave)", "sc_customer sc_eh sc_uid"),
    ("ActiveCampaign (Brave)", "vgo_ee"),
    ("mailings whose maker we do not know (Brave)", "bbeml ss_email_id oft_c oft_ck oft_d oft_id oft_ids oft_k oft_lk oft_sk"),
    # Publishers
    (
        "publishers' own campaign names, from the feeds of CNN, NPR, the Guardian, the Daily Mail, Reuters and the New York Times",
        "cmpid cmp ito ocid smid ftag ncid sr_share",
    ),
)

_WORDS = [word for _, words in SOURCES for word in words.split()]
_PREFIXES = tuple(word.removesuffix("*") for word in _WORDS if word.endswith("*"))
_NAMES = frozenset(word for word in _WORDS if not word.endswith("*"))


def is_tracking_parameter(name: str) -> bool:
    """Whether a parameter of that (percent-decoded) name may be dropped without changing what a URL means."""
    lowered = name.lower()
    return lowered in _NAMES or lowered.startswith(_PREFIXES)
