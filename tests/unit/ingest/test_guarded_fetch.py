"""What a request names is fetched from the open internet or not at all, by the address that was looked at."""

import gzip
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from gateway.errors import KeysUnavailable
from gateway.stores import guarded
from gateway.stores.guarded import ADDRESSES, BYTES, FETCHING, Guarded, Refused, checked, is_public
from gateway.stores.key_sets import KeySets
from tests.unit.verification.authority import certificate
from tests.unit.verification.pairs import private

HOST = "keys.example.com"
PUBLIC = "93.184.215.14"
# Whatever the date is.
DAYS = (-3650, 36_500)


class Answers(BaseHTTPRequestHandler):
    """What lies at each path."""

    seen: list[tuple[str, str]]
    hung_up: list[str]
    encodings: list[str]

    def do_GET(self) -> None:
        self.seen.append((self.path, self.headers["Host"]))
        self.encodings.append(self.headers["Accept-Encoding"])
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", f"https://{HOST}/keys")
            self.end_headers()
            return
        if self.path == "/slow":
            stopped.wait(10)
        if self.path == "/short":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{}")
            return
        if self.path in FLOODS:
            self.flood(*FLOODS[self.path])
            return
        body = bytes(BYTES + 1) if self.path == "/large" else bytes(BYTES) if self.path == "/full" else b"{}"
        self.send_response(404 if self.path == "/gone" else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def flood(self, first: bytes, again: bytes, pause: float) -> None:
        """Until the other side hangs up."""
        try:
            self.wfile.write(first)
            while not stopped.wait(pause):
                self.wfile.write(again)
        except OSError:
            self.hung_up.append(self.path)

    def log_message(self, *_: object) -> None:
        pass


stopped = threading.Event()

# What a hostile site sends: at first, then again and again, with a pause in seconds.
FLOODS = {
    "/drip": (b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b"{", 0.02),
    "/chunks": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\n{\r\n", 0.02),
    "/continue": (b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.001),
    "/header": (b"HTTP/1.1 200 OK\r\nX: ", b"x", 0.02),
    "/headers": (b"HTTP/1.1 200 OK\r\n", b"X: y\r\n" * 50, 0.001),
    "/line": (b"HTTP/1.1 200 OK\r\nX: ", bytes(5000), 0.001),
    "/endless": (b"HTTP/1.1 200 OK\r\n\r\n", bytes(50_000), 0.001),
    "/nonsense": (b"\x00\xff" * 500, b"\r\n", 0.02),
}


class Quiet(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """A client that does not trust us hangs up."""


class Site:
    def __init__(self, folder: Path) -> None:
        pem = private("rsa").private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        anchor = certificate(
            "Root", key=private("rsa", 8), signer=private("rsa", 8), authority=True, days=DAYS
        )
        (folder / "server.pem").write_text(certificate(HOST, days=DAYS) + pem)
        self.seen: list[tuple[str, str]] = []
        self.hung_up: list[str] = []
        self.encodings: list[str] = []
        self.connected: list[str] = []
        self.unreachable: set[str] = set()
        self.resolved: list[str] = []
        self.client = ssl.create_default_context(cadata=anchor)
        own = {"seen": self.seen, "hung_up": self.hung_up, "encodings": self.encodings}
        self._server = Quiet(("127.0.0.1", 0), type("Handler", (Answers,), own))
        self._server.daemon_threads = True
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / "server.pem")
        self._server.socket = context.wrap_socket(
            self._server.socket, server_side=True, do_handshake_on_connect=False
        )
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def guarded(self, *addresses: str, context: ssl.SSLContext | None = None) -> Guarded:
        """A client for which names mean these addresses, and every address this machine."""

        def resolve(host: str) -> list[str]:
            self.resolved.append(host)
            return list(addresses or (PUBLIC,))

        def connect(address: str, port: int, seconds: float) -> socket.socket:
            assert port == 443
            self.connected.append(address)
            if address in self.unreachable:
                raise OSError(101, "Network is unreachable")
            return socket.create_connection(("127.0.0.1", self._server.server_port), timeout=seconds)

        return Guarded(resolve, connect, context or self.client)

    def close(self) -> None:
        stopped.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("site"))
    yield site
    site.close()


@pytest.fixture
def site(started: Site) -> Site:
    for seen in (started.seen, started.connected, started.resolved, started.hung_up, started.encodings):
        seen.clear()
    started.unreachable.clear()
    return started


def test_the_host_is_resolved_once_and_reached_by_that_address_under_its_name(site: Site) -> None:
    assert site.guarded().get(f"https://{HOST}/keys?a=1") == b"{}"
    assert (site.resolved, site.connected, site.seen) == ([HOST], [PUBLIC], [("/keys?a=1", HOST)])


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "255.255.255.255",
        "224.0.0.1",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "ff02::1",
        "::ffff:169.254.169.254",
        "2002:7f00:1::",
        "64:ff9b::a00:1",
        "fd00:ec2::254",
        "::10.0.0.1",
        "::ffff:0:10.0.0.1",
        "64:ff9b:1::a00:1",
        "fec0::1",
        "2001:0:5db8:d70e:0:0:f5ff:fffe",
        "2001:db8::1",
        "3fff::1",
        "fe80::1%1",
        "2606:4700::1111%1",
        "198.18.0.1",
        "2130706433",
        "0x7f.1",
        "localhost",
        "",
    ],
)
def test_an_address_that_only_we_can_reach_is_refused_before_it_is_connected_to(
    site: Site, address: str
) -> None:
    assert not is_public(address)
    for addresses in ((address,), (PUBLIC, address)):
        with pytest.raises(Refused, match="no public address"):
            site.guarded(*addresses).get(f"https://{HOST}/keys")
    assert site.connected == []


@pytest.mark.parametrize("address", [PUBLIC, "2606:4700::1111", "::ffff:93.184.215.14", "64:ff9b::5db8:d70e"])
def test_public_addresses_are_taken(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("path", "reason"),
    [("/moved", "answered 302"), ("/gone", "answered 404"), ("/large", f"more than {BYTES} bytes")],
)
def test_only_a_200_of_bounded_size_counts(site: Site, path: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        site.guarded().get(f"https://{HOST}{path}")
    assert len(site.seen) == 1
    assert len(site.guarded().get(f"https://{HOST}/full")) == BYTES


def test_a_certificate_of_nobody_who_is_trusted_or_of_another_name_is_refused(site: Site) -> None:
    with pytest.raises(Refused, match="CERTIFICATE_VERIFY_FAILED"):
        site.guarded(context=ssl.create_default_context()).get(f"https://{HOST}/keys")
    with pytest.raises(Refused, match=r"other\.example"):
        site.guarded().get("https://other.example/keys")
    assert site.seen == []


@pytest.mark.parametrize(
    "url",
    [
        f"http://{HOST}/",
        f"ftp://{HOST}/",
        f"https://{HOST}:8443/",
        f"https://user@{HOST}/",
        f"https://{HOST}/#a",
        f"https://{HOST}/a b",
        f"https://{HOST}/\r\nHost: evil.example",
        f"https://{HOST}/é",
        "https://[::1",
        "https:///keys",
        f"//{HOST}/",
        "",
    ],
)
def test_an_unusual_url_is_not_fetched(site: Site, url: str) -> None:
    with pytest.raises(Refused):
        site.guarded().get(url)
    assert site.resolved == []
    assert checked(f"https://{HOST}:443") == (HOST, "/")


@pytest.mark.parametrize("slow", ["name", "connection", "answer"])
def test_all_of_it_ends_in_time(site: Site, slow: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert guarded.SECONDS <= 2
    monkeypatch.setattr(guarded, "SECONDS", 0.2)
    client = site.guarded()
    if slow == "name":
        client = Guarded(waiting([PUBLIC]), client._connect, site.client)
    if slow == "connection":
        client = Guarded(client._resolve, waiting(socket.socket()), site.client)
    with pytest.raises(Refused, match=r"took longer|timed out"):
        client.get(f"https://{HOST}/slow")


@pytest.mark.parametrize("path", FLOODS)
def test_a_site_that_sends_without_end_is_hung_up_on(
    site: Site, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guarded, "SECONDS", 0.3)
    before = set(threading.enumerate())
    with pytest.raises(Refused):
        site.guarded().get(f"https://{HOST}{path}")
    eventually(lambda: not [one for one in {*threading.enumerate()} - before if FETCHING in one.name])
    eventually(lambda: site.hung_up == [path])


def test_what_is_cut_off_is_not_taken_for_the_whole(site: Site) -> None:
    with pytest.raises(Refused, match="98 bytes before the end"):
        site.guarded().get(f"https://{HOST}/short")


def test_nothing_is_unpacked(site: Site) -> None:
    """What says that it is compressed is taken for what its bytes are."""
    site.guarded().get(f"https://{HOST}/keys")
    assert site.encodings == ["identity"]
    packed = gzip.compress(b'{"keys":[' + b" " * 10_000_000 + b"]}")
    with pytest.raises(KeysUnavailable, match="neither a key set nor a certificate"):
        KeySets(lambda _url: packed, lambda: 0.0).known(f"https://{HOST}/keys")


def test_another_address_is_tried_where_the_first_cannot_be_reached(site: Site) -> None:
    other = "2606:4700::1111"
    site.unreachable.add(other)
    assert site.guarded(other, PUBLIC).get(f"https://{HOST}/keys") == b"{}"
    assert (site.resolved, site.connected) == ([HOST], [other, PUBLIC])
    site.unreachable.add(PUBLIC)
    site.connected.clear()
    with pytest.raises(Refused, match="unreachable"):
        site.guarded(*[other, PUBLIC] * 100).get(f"https://{HOST}/keys")
    assert len(site.connected) == ADDRESSES


def test_what_no_code_expects_is_a_refusal_too(site: Site) -> None:
    def breaks(_host: str) -> list[str]:
        raise RuntimeError("a fault")

    with pytest.raises(Refused, match="RuntimeError"):
        Guarded(breaks, None, site.client).get(f"https://{HOST}/")


def eventually(found: Callable[[], bool]) -> None:
    deadline = monotonic() + 5
    while not found():
        assert monotonic() < deadline
        threading.Event().wait(0.01)


def waiting(result: Any) -> Callable[..., Any]:
    def wait(*_: object) -> Any:
        stopped.wait(10)
        return result

    return wait


def test_a_name_that_is_not_found_and_a_port_that_is_closed_are_told(site: Site) -> None:
    def unknown(_host: str) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    def closed(*_: object) -> socket.socket:
        raise ConnectionRefusedError(111, "Connection refused")

    with pytest.raises(Refused, match="not known"):
        Guarded(unknown, None, site.client).get(f"https://{HOST}/")
    with pytest.raises(Refused, match="refused"):
        Guarded(lambda _: [PUBLIC], closed, site.client).get(f"https://{HOST}/")
    with pytest.raises(Refused, match="no address"):
        Guarded(lambda _: [], closed, site.client).get(f"https://{HOST}/")
