"""Walls in front of articles are refused with their reason; articles about walls, and short ones, are not."""

from __future__ import annotations

import pytest

from tasks.errors import NotAnArticle
from tasks.model import Article, Entry
from tasks.text.article import make_article
from tasks.text.job import PageJob

LONG = (
    "<p>The ferry between Mosswick and the outer islands sailed again on Tuesday, nine weeks after divers found a crack in its hull.</p>"
    "<p>Islanders had depended on two fishing boats and a helicopter that flew only in good weather since the middle of January.</p>"
    "<p>The harbour board said the repair had cost 1.4 million crowns, and that a second inspection would follow in June.</p>"
)
SHORT = "<p>The ferry to the outer islands sails again on Tuesday. Divers had found a crack in its hull, the harbour board said.</p>"
MENU = "<nav><ul><li><a href=/a>News</a><li><a href=/b>Islands</a><li><a href=/c>Harbour</a></ul></nav>"
STATED = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferry sails again", "datePublished": "2025-03-04T10:00:00Z"'
)
CLOSED = '<form action="/login"><input name="user"><input type="password" name="password"><button>OK</button></form>'


def read(body, title="Mosswick Courier", head="", url="https://courier.example/islands/ferry", asked=None):
    page = f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    entry = Entry(0, url=asked) if asked else None
    return make_article(PageJob(page.encode(), "text/html", url, entry, 60))


def refusal(*args, **kwargs):
    refused = read(*args, **kwargs)
    assert isinstance(refused, NotAnArticle), "it was taken for an article"
    return refused.reason


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Just a moment...", "<h1>courier.example</h1><p>Verifying you are human. This may take a few seconds.</p>"),
        (
            "Access Denied",
            "<h1>Access Denied</h1><p>You don't have permission to access this page on this server.</p><p>Reference 18.2</p>",
        ),
        ("Courier", "<p>Please enable JavaScript and cookies to continue, then load the page of the Mosswick Courier again.</p>"),
        (
            "Courier",
            '<form id="challenge-form"><p>One moment please, the page that you asked for will be there soon, we are sure.</p></form>',
        ),
        ("Nordhafen", "<p>Bitte bestätigen Sie, dass Sie kein Roboter sind, damit wir Ihnen die Seite zeigen können, die Sie suchen.</p>"),
        ("Un instant…", "<p>Veuillez confirmer que vous êtes humain. Cela ne prend que quelques secondes, merci de votre patience.</p>"),
        (
            "Проверка браузера",
            "<p>Подождите несколько секунд, пока мы проверяем ваш браузер. Страница откроется сама, ничего не нажимайте.</p>",
        ),
        ("请稍候…", "<p>请确认您是真人,然后继续访问本网站。此过程可能需要几秒钟,请耐心等待。</p>"),
    ],
)
def test_a_bot_check_is_no_article(title, body):
    assert refusal(body, title) == "bot_check"


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("404", "<h1>404</h1><p>Use the search at the top of the page, or go back to our front page and start from there.</p>"),
        ("Page not found - Courier", MENU + "<p>The page you are looking for has moved or never existed. Try our search instead.</p>"),
        (
            "Nordhafen",
            "<h1>Seite nicht gefunden</h1><p>Die gewünschte Seite gibt es nicht mehr. Bitte nutzen Sie unsere Suche dort oben.</p>",
        ),
        (
            "Argelle",
            "<h1>Page introuvable</h1><p>La page que vous cherchez n'existe plus ou a changé d'adresse, nous en sommes désolés.</p>",
        ),
        (
            "Peralta",
            "<h1>Página no encontrada</h1><p>La página que buscas ya no existe o ha cambiado de dirección, prueba con la portada.</p>",
        ),
        (
            "港日报",
            "<h1>ページが見つかりません</h1><p>お探しのページは削除されたか、移動した可能性があります。トップページからもう一度お試しください。</p>",
        ),
    ],
)
def test_an_error_served_as_a_page_is_no_article(title, body):
    assert refusal(body, title) == "soft_404"


CONSENT = (
    "<h1>We value your privacy</h1><p>We and our 846 partners store cookies on your device, to show you advertisements.</p>"
    "<p>With your consent we and our partners may use precise location data, and measure how often you read which of our pages.</p>"
    "<p>You can change your choices at any time in the privacy settings at the bottom of each page of this site.</p>"
    "<button>Accept all</button>"
)


def test_a_page_that_asks_for_consent_is_no_article():
    assert refusal(CONSENT, "Your privacy") == "consent_wall"
    german = (
        "<p>Wir und unsere Partner verwenden Cookies, um Ihnen Anzeigen zu zeigen, die zu Ihnen passen, und Inhalte zu messen.</p>"
        "<p>Mit einem Klick auf Alle akzeptieren stimmen Sie zu. Ihre Einwilligung können Sie jederzeit widerrufen.</p>"
    )
    assert refusal(german, "Datenschutz-Einstellungen") == "consent_wall"


def test_a_redirect_to_a_consent_page_is_no_article():
    url = "https://consent.courier.example/collectConsent/?lang=en"
    assert refusal(CONSENT, "Courier", url=url.lower(), asked="https://courier.example/islands/ferry") == "consent_wall"


def test_a_login_page_is_no_article():
    text = "<p>Welcome to the Mosswick Courier. Please log in with your e-mail address and the password that you chose when you joined.</p>"
    assert refusal(f"<h1>Log in</h1>{text}{CLOSED}") == "login_page"


def test_a_page_for_other_regions_is_no_article():
    text = "<p>We recognize that you are reading from a country belonging to the European Economic Area, and cannot let you in.</p>"
    assert refusal(text, "451: Unavailable due to legal reasons") == "region_block"


def test_a_page_that_scripts_draw_is_no_article():
    text = "<noscript>You need to enable JavaScript to run this app.</noscript><div id=root>Loading the news of the islands.</div>"
    assert refusal(text) == "needs_browser"


LOCKED = STATED + ', "isAccessibleForFree": false}</script>'


@pytest.mark.parametrize(
    ("head", "rest"),
    [
        (LOCKED, "<div><p>Already a subscriber? <a href=/login>Log in</a></p></div>"),
        (LOCKED.replace("}<", ', "wordCount": 900}<'), ""),
        ("", "<p>The board would not say …</p><div><p>To continue reading, take out a subscription.</p></div>"),
        ("", "<p>Wer die Kosten trägt, ist ...</p><div><p>Jetzt weiterlesen mit dem Probeabo.</p></div>"),
    ],
    ids=["locked, prompt", "locked, said to be longer", "cut, prompt", "cut, German prompt"],
)
def test_a_beginning_with_an_offer_to_sell_the_rest_is_no_article(head, rest):
    assert refusal(f"<article><h1>Ferry sails again</h1>{SHORT}{rest}</article>", head=head) == "paywall_stub"


def test_an_article_that_is_not_free_but_is_there_is_flagged():
    assert "paywalled" in read(f"<article>{LONG}{LONG.replace('Tuesday', 'Friday')}</article>", head=LOCKED).flags


def test_a_short_article_of_a_metered_publisher_is_an_article():
    offer = "<div><p>Already a subscriber? <a href=/login>Log in</a></p><p>Start your free trial</p></div>"
    more = "<p>The mayor of the largest island thanked the crew, and said that the school trips to the mainland could go on as planned.</p>"
    assert read(f"<article><h1>Ferry sails again</h1>{LONG}{more}</article>{offer}", head=LOCKED).flags == ("paywalled",)


def test_an_article_of_which_the_page_holds_less_than_it_says_is_flagged_as_partial():
    head = LOCKED.replace("}<", ', "wordCount": 2000}<')
    text = "".join(LONG.replace("Tuesday", day).replace("January", day) for day in ("Monday", "Friday", "Sunday"))
    assert {"paywalled", "partial"} <= set(read(f"<article>{text}</article>", head=head).flags)


TEASERS = "".join(
    f"<div><h2><a href=/{n}>Bridge {n} is closed</a></h2><p>The council said on Tuesday that bridge {n} needs a new deck.</p></div>"
    for n in range(9)
)


def test_a_list_of_headlines_that_lead_elsewhere_is_no_article():
    assert refusal(f"<main>{TEASERS}</main>", "News from the islands") in ("index_page", "links_only")


def test_the_home_page_in_place_of_an_article_is_no_article():
    assert refusal(f"<main>{LONG}</main>", url="https://courier.example/", asked="https://courier.example/islands/ferry") == "index_page"


def test_a_player_with_a_line_of_text_is_no_article():
    head = '<script type="application/ld+json">{"@type": "VideoObject", "name": "Ferry"}</script>'
    assert refusal(f"<h1>Ferry</h1><video src=a.mp4></video>{SHORT}", head=head) == "media_shell"


def test_a_live_ticker_is_flagged():
    entries = "".join(
        f"<p>1{n}:{30 - n} The crew reported from buoy {n} that the ferry keeps its course and its speed.</p>" for n in range(10)
    )
    assert "live_ticker" in read(f"<article><h1>The ferry's first day</h1>{entries}</article>").flags
    programme = "".join(f"<p>{7 + n * 5 % 13}:15 The band of pier {n} plays in the open air if the weather is good.</p>" for n in range(10))
    assert "live_ticker" not in read(f"<article><h1>Music on the piers</h1>{programme}</article>").flags


ABOUT = (
    "<p>The court ruled on Tuesday that sites may not set cookies before a reader has given consent, and fined a daily.</p>"
    "<p>The judges called the consent page of the daily a wall. Its readers could accept all cookies or pay, and nothing else.</p>"
    "<p>A captcha, too, may be unlawful if it hands data to others, they said. The page asked readers to verify that they were human.</p>"
    "<p>The publisher said it would study the ruling. Its lawyers had argued that subscribers only pay for what they read.</p>"
    "<p>Privacy groups welcomed the decision, which binds every court in the country and takes effect at the end of June.</p>"
)


@pytest.mark.parametrize(
    "title",
    ["Court bans cookie consent walls", "Just a moment: why captchas annoy us", "Page not found: how links rot", "Access denied", "Log in"],
)
@pytest.mark.parametrize("head", ["", STATED + "}</script>"], ids=["no metadata", "metadata"])
def test_an_article_about_walls_is_an_article(title, head):
    banner = '<div class="cookie-banner"><p>We value your privacy. We and our partners use cookies.</p><button>Accept all</button></div>'
    found = read(
        f"{MENU}{banner}<article><h1>{title}</h1>{ABOUT}</article>{CLOSED}<noscript>Please enable JavaScript</noscript>", title, head
    )

    assert isinstance(found, Article)
    assert "The judges called the consent page" in found.text


@pytest.mark.parametrize("head", ["", STATED + "}</script>", STATED + ', "isAccessibleForFree": true}</script>'])
@pytest.mark.parametrize(
    "around",
    [
        "<noscript>Please enable JavaScript to see the comments.</noscript>" + MENU * 5,
        '<form><div class="g-recaptcha"></div><textarea></textarea></form>' + MENU * 12,
        "<div><p>Already a subscriber? <a href=/login>Log in</a></p></div>" + CLOSED,
        '<div class="cookie-banner"><p>We value your privacy.</p><button>Accept all</button></div>',
    ],
    ids=["noscript", "captcha at the comments", "subscription prompt", "cookie banner"],
)
def test_a_short_news_item_is_an_article(head, around):
    assert isinstance(read(f"<article><h1>Ferry sails again</h1>{SHORT}</article>{around}", "Ferry sails again | Courier", head), Article)
