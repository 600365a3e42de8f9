"""Ways in which a server misbehaves, and how a fetch from it ends."""

from __future__ import annotations

import asyncio
import gzip
import socket
import struct
import zlib

import brotli
from backports import zstd

OK = "ok"
END = b"\r\n\r\n"


def head(*headers: bytes, status: bytes = b"200 OK") -> bytes:
    return b"\r\n".join((b"HTTP/1.1 " + status, *headers)) + END


def moved(location: bytes, *headers: bytes, status: bytes = b"302 Found") -> bytes:
    return whole(b"", b"Location: " + location, *headers, status=status)


def whole(body: bytes, *headers: bytes, status: bytes = b"200 OK") -> bytes:
    return head(*headers, b"Content-Length: %d" % len(body), status=status) + body


def says(answer: bytes, *, then_close: bool = True):
    """Writes that, then hangs up, or stays silent with the connection open."""

    async def misbehave(writer):
        writer.write(answer)
        await writer.drain()
        if not then_close:
            await until_gone(writer)

    return misbehave


def never_stops(start: bytes, again: bytes, *, pause: float = 0.0, times: int = 1):
    """Writes the start, then the rest over and over."""

    async def misbehave(writer):
        writer.write(start)
        while not writer.is_closing():
            writer.write(again * times)
            await writer.drain()
            await asyncio.sleep(pause)

    return misbehave


def resets(answer: bytes):
    """Writes that, then cuts the connection with a TCP reset."""

    async def misbehave(writer):
        writer.write(answer)
        await writer.drain()
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()

    return misbehave


async def until_gone(writer):
    while not writer.is_closing():  # noqa: ASYNC110 - the client closes it, nobody here can tell
        await asyncio.sleep(0.02)


def bomb(compress, layers=1):
    body = b"\0" * 20_000_000
    for _ in range(layers):
        body = compress(body)
    return body


def raw_deflate(body):
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(body) + stream.flush()


def wide_zstd(body):
    """Zstandard that can only be decoded with 128 MB of memory."""
    stream = zstd.ZstdCompressor(options={zstd.CompressionParameter.window_log: 27})
    return stream.compress(body) + stream.flush()


SKIPPED = bytes.fromhex("502a4d18 04000000") + b"skip"
PAGE = b"<p>page</p>"
HINTS = b"HTTP/1.1 103 Early Hints" + END
CHUNKED = head(b"Transfer-Encoding: chunked")
CHUNK = b"b\r\n" + PAGE + b"\r\n0\r\n\r\n"
GZIPPED = head(b"Content-Encoding: gzip")

# What the server does to a request for /page, and how the fetch ends: the outcome, and whether another try is worth while; or the status.
MISBEHAVIOUR = {
    "hangs up at once": (resets(b""), "protocol connect", True),
    "closes without a word": (says(b""), "protocol", True),
    "never says a word": (says(b"", then_close=False), "timeout", True),
    "stops in the status line": (says(b"HTTP/1.1 20", then_close=False), "timeout", True),
    "closes in the status line": (says(b"HTTP/1.1 20"), "protocol", True),
    "resets in the status line": (resets(b"HTTP/1.1 20"), "protocol connect", True),
    "stops in the headers": (says(b"HTTP/1.1 200 OK\r\nX-A: b\r\n", then_close=False), "timeout", True),
    "closes in the headers": (says(b"HTTP/1.1 200 OK\r\nX-A: b\r\n"), "protocol", True),
    "resets in the headers": (resets(b"HTTP/1.1 200 OK\r\nX-A"), "protocol connect", True),
    "sends headers drop by drop": (never_stops(b"HTTP/1.1 200 OK\r\nX-A: ", b"a", pause=0.02), "timeout", True),
    "sends the body drop by drop": (never_stops(head(b"Content-Length: 90000"), b"a", pause=0.02), "timeout", True),
    "sends chunks drop by drop": (never_stops(CHUNKED, b"1\r\na\r\n", pause=0.02), "timeout", True),
    "sends a chunk size drop by drop": (never_stops(CHUNKED, b"0", pause=0.02), "timeout protocol", None),
    "stops in the body": (says(head(b"Content-Length: 90") + b"half", then_close=False), "timeout", True),
    "closes in the body": (says(head(b"Content-Length: 90") + b"half"), "protocol", True),
    "resets in the body": (resets(head(b"Content-Length: 90") + b"half"), "protocol connect", True),
    "names no length and never closes": (says(head() + PAGE, then_close=False), "timeout", True),
    "sends a body without an end": (never_stops(head(), b"x" * 1000, times=20), "too_large", False),
    "sends chunks without an end": (never_stops(CHUNKED, b"3e8\r\n" + b"x" * 1000 + b"\r\n", times=20), "too_large", False),
    "sends headers without an end": (never_stops(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n", times=50), "protocol", False),
    "sends a header without an end": (never_stops(b"HTTP/1.1 200 OK\r\nX-A: ", b"b" * 1000), "protocol", False),
    "sends a status line without an end": (never_stops(b"HTTP/1.1 200 ", b"OK" * 1000), "protocol", False),
    "sends trailers without an end": (never_stops(CHUNKED + b"0\r\n", b"X-A: b\r\n", times=50), "protocol timeout", None),
    "sends chunk extensions without an end": (never_stops(CHUNKED + b"5;", b"a" * 1000), "protocol timeout", None),
    "sends interim answers without an end": (never_stops(b"", HINTS, pause=0.001, times=5), "timeout protocol", None),
    "sends continue, then the page": (says(b"HTTP/1.1 100 Continue\r\n\r\n" + whole(PAGE)), OK, 200),
    "declares more than is read": (says(head(b"Content-Length: 99999999999")), "too_large", False),
    "declares a length beyond all numbers": (says(head(b"Content-Length: " + b"9" * 40)), "too_large protocol", False),
    "declares a negative length": (says(head(b"Content-Length: -1") + PAGE), "protocol", False),
    "declares two lengths": (says(head(b"Content-Length: 3", b"Content-Length: 11") + PAGE), "protocol", False),
    "declares less than it sends": (says(head(b"Content-Length: 3") + PAGE), "protocol ok", None),
    "declares length and chunks": (says(head(b"Content-Length: 3", b"Transfer-Encoding: chunked") + b"0\r\n\r\n"), "protocol ok", None),
    "sends a chunk that is none": (says(CHUNKED + b"zz\r\nhello\r\n0\r\n\r\n"), "protocol", None),
    "sends a chunk of a negative size": (says(CHUNKED + b"-5\r\nhello\r\n0\r\n\r\n"), "protocol", None),
    "sends a chunk longer than it says": (says(CHUNKED + b"2\r\nhello\r\n0\r\n\r\n"), "protocol", None),
    "never ends its chunks": (says(CHUNKED + b"5\r\nhello\r\n"), "protocol", True),
    "encodes the transfer unasked": (says(head(b"Transfer-Encoding: gzip") + gzip.compress(PAGE)), "protocol ok bad_encoding", None),
    "sends a gzip bomb": (says(whole(bomb(gzip.compress), b"Content-Encoding: gzip")), "too_large", False),
    "sends a deflate bomb": (says(whole(bomb(raw_deflate), b"Content-Encoding: deflate")), "too_large", False),
    "sends a brotli bomb": (says(whole(bomb(lambda body: brotli.compress(body, quality=1)), b"Content-Encoding: br")), "too_large", False),
    "sends a zstd bomb": (says(whole(bomb(zstd.compress), b"Content-Encoding: zstd")), "too_large", False),
    "sends zstd that takes much memory": (says(whole(bomb(wide_zstd), b"Content-Encoding: zstd")), "bad_encoding", False),
    "sends zstd frames without an end": (says(whole(zstd.compress(b"") * 5000, b"Content-Encoding: zstd")), "bad_encoding", False),
    "sends zstd frames that are skipped": (says(whole(SKIPPED * 3000, b"Content-Encoding: zstd")), "bad_encoding", False),
    "cuts its zstd short": (says(whole(zstd.compress(PAGE)[:-5], b"Content-Encoding: zstd")), "bad_encoding", True),
    "calls plain text zstd": (says(whole(PAGE, b"Content-Encoding: zstd")), "bad_encoding", False),
    "puts a zstd bomb into gzip": (says(whole(gzip.compress(bomb(zstd.compress)), b"Content-Encoding: zstd, gzip")), "too_large", False),
    "sends gzip members without an end": (says(whole(gzip.compress(b"") * 5000, b"Content-Encoding: gzip")), "bad_encoding", False),
    "sends a bomb in a bomb": (says(whole(bomb(gzip.compress, 2), b"Content-Encoding: gzip, gzip")), "too_large", False),
    "names a thousand encodings": (says(whole(PAGE, b"Content-Encoding: " + b", ".join([b"gzip"] * 1000))), "bad_encoding", False),
    "calls plain text gzip": (says(whole(PAGE, b"Content-Encoding: gzip")), "bad_encoding", False),
    "cuts its gzip short": (says(whole(gzip.compress(PAGE)[:-9], b"Content-Encoding: gzip")), "bad_encoding", True),
    "redirects to itself": (says(moved(b"/page")), "too_many_redirects", False),
    "redirects without saying where": (says(whole(PAGE, status=b"302 Found")), OK, 302),
    "redirects to a file": (says(moved(b"file:///etc/passwd")), "bad_url", False),
    "redirects to ftp": (says(moved(b"ftp://news.example/")), "bad_url", False),
    "redirects to a script": (says(moved(b"javascript:alert(1)")), "bad_url", False),
    "redirects to data": (says(moved(b"data:text/html,hi")), "bad_url", False),
    "redirects to a private address": (says(moved(b"http://10.0.0.1/")), "refused_address", False),
    "redirects to the metadata of a cloud": (says(moved(b"http://169.254.169.254/")), "refused_address", False),
    "redirects to a URL too long to ask": (says(moved(b"/" + b"a" * 3000)), "bad_url", False),
    "redirects with credentials": (says(moved(b"http://a:b@news.example/")), "bad_url", False),
    "redirects twice in one answer": (says(moved(b"/page", b"Location: http://10.0.0.1/")), "too_many_redirects", False),
    "redirects with an endless body": (never_stops(head(b"Location: /page", status=b"301 Moved"), b"x" * 999), "too_many_redirects", False),
    "breaks a line in Location": (says(moved(b"/a\r\nX-Forged: b")), OK, 404),
    "folds a header": (says(whole(PAGE, b"X-A: b\r\n c")), "protocol ok", None),
    "hides a NUL in a header": (says(whole(PAGE, b"X-A: b\0c")), "protocol", False),
    "puts a bare carriage return into a header": (says(whole(PAGE, b"X-A: b\rX-B: c")), "protocol", False),
    "answers in HTTP/0.9": (says(b"<html>hello</html>\r\n\r\n"), "protocol", False),
    "answers in HTTP/3.0": (says(b"HTTP/3.0 200 OK\r\n\r\n"), "protocol ok", None),
    "answers in another protocol": (says(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"), "protocol", False),
    "answers with a status that is none": (says(b"HTTP/1.1 abc OK\r\n\r\n"), "protocol", False),
    "answers with a status beyond all": (says(b"HTTP/1.1 99999 OK\r\n\r\n"), "protocol", False),
    "switches protocols unasked": (says(head(b"Upgrade: h2c", b"Connection: upgrade", status=b"101 Switching")), "protocol", False),
    "answers 204 with a body": (says(whole(PAGE, status=b"204 No Content")), "protocol ok", None),
    "answers 205 with a body": (says(whole(PAGE, status=b"205 Reset Content")), OK, 205),
    "answers 206 unasked": (says(whole(PAGE, b"Content-Range: bytes 0-10/500", status=b"206 Partial Content")), OK, 206),
    "answers 304 unasked, with a body": (says(whole(PAGE, status=b"304 Not Modified")), "protocol ok", None),
    "answers 407 without a proxy": (says(whole(PAGE, status=b"407 Proxy Authentication Required")), OK, 407),
    "answers 200 with nothing": (says(whole(b"")), OK, 200),
    "sends NUL bytes": (says(whole(b"\0" * 5000)), OK, 200),
    "names a charset that is none": (says(whole(PAGE, b"Content-Type: text/html; charset=\xff\xfe")), OK, 200),
    "asks for an absurd wait": (says(whole(PAGE, b"Retry-After: 99999999999999999999", status=b"429 Too Many")), OK, 429),
    "sets a thousand cookies": (says(whole(PAGE, *[b"Set-Cookie: a=b"] * 1000)), "protocol", False),
    "declares its length as a list": (says(head(b"Content-Length: 11, 11") + PAGE), "protocol", False),
    "declares its length with a sign": (says(head(b"Content-Length: +11") + PAGE), "protocol", False),
    "declares its length in hexadecimal": (says(head(b"Content-Length: 0x0b") + PAGE), "protocol", False),
    "declares its length in other digits": (says(head("Content-Length: ١١".encode()) + PAGE), "protocol", False),
    "declares no length at all": (says(head(b"Content-Length:") + PAGE), "protocol", False),
    "names chunks, then another transfer coding": (says(head(b"Transfer-Encoding: chunked", b"Transfer-Encoding: x") + CHUNK), OK, 200),
    "hides chunks behind a space": (says(head(b"Transfer-Encoding : chunked", b"Content-Length: 3") + CHUNK), "protocol ok", None),
    "folds its transfer coding": (says(head(b"Transfer-Encoding:\r\n chunked", b"Content-Length: 3") + CHUNK), "protocol ok", None),
    "sends a chunk size beyond all numbers": (says(CHUNKED + b"f" * 17 + b"\r\n" + PAGE), "protocol", False),
    "sends a chunk size in another notation": (says(CHUNKED + b"0x" + CHUNK), "protocol", False),
    "sends a chunk size with an underscore": (says(CHUNKED + b"0_" + CHUNK), "protocol", False),
    "ends chunk sizes with a bare line feed": (says(CHUNKED + CHUNK.replace(b"\r", b"")), "protocol", False),
    "sends one more line where trailers stand": (says(CHUNKED + CHUNK[:-2] + b"nonsense\r\n\r\n"), "protocol", False),
    "changes the content coding in a trailer": (says(CHUNKED + CHUNK[:-2] + b"Content-Encoding: gzip\r\n\r\n"), OK, 200),
    "sends a long extension with every chunk": (never_stops(CHUNKED, b"1;" + b"a" * 8000 + b"\r\nx\r\n"), "protocol timeout", None),
    "sends chunks of one byte": (never_stops(CHUNKED, b"1\r\nx\r\n", times=1000), "too_large timeout", None),
    "sends empty lines without an end": (never_stops(b"", b"\r\n" * 500), "too_large timeout", None),
    "sends interim answers as fast as it can": (never_stops(b"", HINTS * 500), "too_large timeout", None),
    "sends interim answers, then the page": (says(HINTS * 200 + whole(PAGE)), OK, 200),
    "sends gzip blocks of nothing": (never_stops(GZIPPED + gzip.compress(b"")[:10], b"\0\0\0\xff\xff", times=2000), "too_large", False),
    "sends a gzip file name without an end": (never_stops(GZIPPED + b"\x1f\x8b\x08\x08" + bytes(6), b"a" * 999), "too_large", False),
    "answers with status 0": (says(whole(PAGE, status=b"000 Nothing")), "protocol", False),
    "answers with a negative status": (says(b"HTTP/1.1 -20 OK\r\n\r\n"), "protocol", False),
    "answers with a status of its own": (says(whole(PAGE, status=b"999 Denied")), OK, 999),
    "writes a header without a colon": (says(whole(PAGE, b"nonsense")), "protocol", False),
    "writes a header without a name": (says(whole(PAGE, b": x")), "protocol", False),
    "writes a header name in other letters": (says(whole(PAGE, "Ä: x".encode())), "protocol", False),
    "redirects behind another host's name": (says(moved(rb"http://news.example\@10.0.0.1/")), "bad_url", False),
    "redirects with backslashes": (says(moved(rb"http:\\10.0.0.1\x")), OK, 404),
    "redirects with a tab in the scheme": (says(moved(b"ht\ttp://10.0.0.1/")), "refused_address", False),
    "redirects to an address before a query": (says(moved(b"http://10.0.0.1?@news.example/")), "refused_address", False),
    "redirects to an address in circled digits": (says(moved("http://①⓪.⓪.⓪.①/".encode())), "refused_address bad_url", False),
    "redirects to an address in escapes": (says(moved(b"http://%31%30.0.0.1/")), "bad_url", False),
    "redirects to an address with a zone": (says(moved(b"http://[fe80::1%25eth0]/")), "refused_address", False),
    "redirects to a port beyond all": (says(moved(b"http://news.example:99999/")), "bad_url", False),
    "redirects to two ports": (says(moved(b"http://news.example:80:80/")), "bad_url", False),
    "redirects to a host without an end": (says(moved(b"http://" + b"a." * 500 + b"example/")), "bad_url", False),
    "redirects to half an address": (says(moved(b"http://[::1")), "bad_url", False),
    "redirects with escaped line breaks": (says(moved(b"/a%0d%0aX-Forged:%20b")), OK, 404),
    "redirects nowhere": (says(moved(b"#top")), "too_many_redirects", False),
    "sends a second answer unasked": (says(whole(PAGE) + whole(b"poison"), then_close=False), OK, 200),
}  # fmt: skip
