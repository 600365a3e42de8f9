"""The demo newsroom on a real port."""

from __future__ import annotations

import socket
from http.client import HTTPConnection
from threading import Thread

import pytest

from flows.demo.cases import Case
from flows.demo.newsroom import Newsroom
from flows.demo.server import NewsroomServer

NEWSROOM = Newsroom(7)
HOST = "harbour-gazette.test"


@pytest.fixture
def server():
    with NewsroomServer(NEWSROOM) as running:
        yield running


def get(server, host: str, path: str, method: str = "GET", **headers: str):
    connection = HTTPConnection("127.0.0.1", server.port, timeout=5)
    try:
        connection.request(method, path, headers={"Host": host, **headers})
        response = connection.getresponse()
        return response.status, dict(response.getheaders()), response.read()
    finally:
        connection.close()


def test_hosts_are_told_apart_on_one_port(server):
    bodies = {get(server, host, "/")[2] for host in NEWSROOM.hosts}

    assert len(bodies) == len(NEWSROOM.hosts)


def test_every_host_is_mapped_to_the_port(server):
    assert dict(server.connect_to) == dict.fromkeys(NEWSROOM.hosts, f"127.0.0.1:{server.port}")


def test_the_round_can_be_moved_on_while_it_runs(server):
    first = get(server, HOST, "/rss.xml")[2]
    server.round_number = 2

    assert get(server, HOST, "/rss.xml")[2] != first


def test_requests_are_counted_per_host_and_path(server):
    get(server, HOST, "/rss.xml")
    get(server, HOST, "/rss.xml")
    get(server, "minato-dayori.test", "/index.rdf")

    assert server.requests(HOST, "/rss.xml") == 2
    assert server.requests("minato-dayori.test", "/index.rdf") == 1
    assert server.requests(HOST, "/never") == 0


def test_a_304_has_no_body(server):
    etag = get(server, HOST, "/rss.xml")[1]["ETag"]
    status, headers, body = get(server, HOST, "/rss.xml", **{"If-None-Match": etag})

    assert (status, body) == (304, b"")
    assert headers["ETag"] == etag


def test_head_sends_the_length_and_no_body(server):
    status, headers, body = get(server, HOST, "/rss.xml", "HEAD")

    assert (status, body) == (200, b"")
    assert int(headers["Content-Length"]) > 1000


def test_a_client_that_hangs_up_hurts_nobody(server, capfd):
    (huge,) = NEWSROOM.truth().articles_in(Case.HUGE)
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as rude:
        rude.sendall(f"GET /{huge.url.split('/', 3)[3]} HTTP/1.1\r\nHost: {huge.host}\r\n\r\n".encode())
        rude.recv(100)

    assert get(server, HOST, "/")[0] == 200
    assert capfd.readouterr().err == ""


def test_many_clients_at_once_are_served(server):
    statuses = []
    clients = [Thread(target=lambda: statuses.append(get(server, HOST, "/rss.xml")[0])) for _ in range(20)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()

    assert statuses == [200] * 20
