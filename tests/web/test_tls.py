"""Certificates and handshakes: only a certificate for the host, of an authority that is trusted, and of today, is good."""

from __future__ import annotations

import asyncio
import ssl
import subprocess

import pytest

from tasks.errors import FetchError
from tests.web.misbehaviour import END, until_gone

DEADLINE_SECONDS = 2.5
LIMITS = {"silence_seconds": 0.4, "total_seconds": 0.8, "connect_seconds": 0.8}


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    """An authority and what it signed: (name of the case) -> (certificate, key); "authority" -> (certificate, its key)."""
    folder = tmp_path_factory.mktemp("certificates")

    def make(name, host, *, signed=True, days=30):
        key, request, certificate = folder / f"{name}.key", folder / f"{name}.csr", folder / f"{name}.pem"
        new_key = ["-newkey", "rsa:2048", "-nodes", "-keyout", str(key)]
        subject = ["-subj", f"/CN={host}", "-addext", f"subjectAltName=DNS:{host}"]
        if not signed:
            openssl("req", "-x509", *new_key, *subject, "-days", str(days), "-out", str(certificate))
            return certificate, key
        openssl("req", *new_key, *subject, "-out", str(request))
        authority, authority_key = made["authority"]
        signed_by = ["-CA", str(authority), "-CAkey", str(authority_key), "-CAcreateserial"]
        openssl("x509", "-req", "-in", str(request), *signed_by, "-days", str(days), "-copy_extensions", "copy", "-out", str(certificate))
        return certificate, key

    made = {"authority": make("authority", "Test Authority", signed=False)}
    made["good"] = make("good", "news.example")
    made["wrong host"] = make("wrong", "other.example")
    made["expired"] = make("expired", "news.example", days=-1)
    made["self-signed"] = make("self", "news.example", signed=False)
    return made


def openssl(*arguments):
    subprocess.run(["openssl", *arguments], check=True, capture_output=True)


def over_tls(web, certificate, *, ca_file=None, answer=None):
    """What a GET over TLS from a server with that certificate brings."""

    async def serve(reader, writer):
        await reader.readuntil(END)
        writer.write(answer or web.response(200, b"over TLS"))
        writer.close()

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    return https_get(web, serve, context=context, ca_file=ca_file)


def https_get(web, serve, *, context=None, ca_file=None, **limits):
    """https://news.example/page, from that server; context: None for one that speaks no TLS of its own."""

    async def run():
        async with (
            web.serving(serve, context) as address,
            web.client(reach={"connect_to": {"news.example": address}, "ca_file": ca_file}, **limits) as client,
        ):
            return await client.get("https://news.example/page", accept="*/*", max_body_bytes=100, obey_robots=False)

    return asyncio.run(asyncio.wait_for(run(), DEADLINE_SECONDS))


def test_a_certificate_of_an_authority_that_is_trusted_by_setting_is_good(web, certificates):
    assert over_tls(web, certificates["good"], ca_file=certificates["authority"][0]).body == b"over TLS"


@pytest.mark.parametrize("case", ["wrong host", "expired", "self-signed"])
def test_a_certificate_that_is_wrong_is_refused(web, certificates, case):
    with pytest.raises(FetchError) as caught:
        over_tls(web, certificates[case], ca_file=certificates["authority"][0])
    assert (caught.value.reason, caught.value.retryable) == ("tls", False)


def test_an_authority_that_nobody_named_is_not_trusted(web, certificates):
    with pytest.raises(FetchError) as caught:
        over_tls(web, certificates["good"])
    assert caught.value.reason == "tls"


def test_a_redirect_from_https_to_http_is_followed_and_told(web, certificates):
    with pytest.raises(FetchError) as caught:
        over_tls(web, certificates["good"], ca_file=certificates["authority"][0], answer=web.redirect("http://10.0.0.1/"))
    assert caught.value.reason == "refused_address"


TLS_NONSENSE = [
    b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi",
    b"\x16\x03\x01\xff\xff" + b"\xff" * 100,
    b"\x15\x03\x03\x00\x02\x02\x28",
    b"",
]


@pytest.mark.parametrize("nonsense", TLS_NONSENSE, ids=["plain HTTP", "a broken handshake", "an alert", "nothing"])
def test_where_tls_is_not_spoken_the_fetch_fails_in_time(web, nonsense):
    async def serve(reader, writer):
        await reader.read(100)
        writer.write(nonsense)
        await writer.drain()
        writer.close()

    with pytest.raises(FetchError) as caught:
        https_get(web, serve, **LIMITS)
    assert caught.value.reason in {"tls", "connect"}


def test_a_handshake_that_never_ends_is_left_when_its_time_is_up(web):
    async def serve(reader, writer):
        await reader.read(100)
        await until_gone(writer)

    with pytest.raises(FetchError) as caught:
        https_get(web, serve, connect_seconds=0.3)
    assert (caught.value.reason, caught.value.retryable) == ("timeout", True)
