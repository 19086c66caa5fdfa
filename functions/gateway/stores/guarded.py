"""One GET of a public https URL, guarded: whoever names the URL must not reach what only we can reach.

The host is resolved once, and connected to by the very addresses that were looked at, so that a name cannot
mean another machine a moment later. Redirects are not followed. All of it ends within SECONDS, the connection
too, however slowly something still comes.
"""

import http.client
import socket
import ssl
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from urllib.parse import urlsplit

# What the threads are named, before the host.
FETCHING = "fetching from"
SECONDS = 2.0
# Of a name's addresses, so many are tried.
ADDRESSES = 3
BYTES = 256 * 1024

Resolver = Callable[[str], Sequence[str]]
Connector = Callable[[str, int, float], socket.socket]

# https://www.rfc-editor.org/rfc/rfc6052#section-2.1
_NAT64 = IPv6Network("64:ff9b::/96")
# All of IPv6 that was ever given to anybody on the open internet. What stands elsewhere is a network's own,
# or another way to write an address of IPv4: ::/96, ::ffff:0:0:0/96, 64:ff9b:1::/48, fec0::/10.
# https://www.iana.org/assignments/ipv6-address-space
_GIVEN_OUT = IPv6Network("2000::/3")
_DOCUMENTATION = IPv6Network("3fff::/20")


class Refused(Exception):
    """Nothing was fetched. The text says why, with the host and without the rest of the URL."""


class Guarded:
    """resolve: the addresses of a name. connect: a socket to an address and port, in so many seconds.

    context: whose certificates are trusted.
    """

    def __init__(
        self,
        resolve: Resolver | None = None,
        connect: Connector | None = None,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self._resolve = resolve or resolved
        self._connect = connect or connected
        self._context = context or ssl.create_default_context()

    def get(self, url: str) -> bytes:
        """The body of a 200. Raises Refused."""
        host, target = checked(url)
        outcome: SimpleQueue[bytes | Refused] = SimpleQueue()
        line = _Line()
        # In a thread of its own: nothing else bounds how long a name is resolved, or a trickle read.
        work = Thread(target=lambda: outcome.put(self._outcome(host, target, line)), daemon=True)
        work.name = f"{FETCHING} {host}"
        work.start()
        try:
            found = outcome.get(timeout=SECONDS)
        except Empty:
            raise Refused(f"{host} took longer than {SECONDS:.0f} s") from None
        finally:
            line.cut()
        if isinstance(found, Refused):
            raise found
        return found

    def _outcome(self, host: str, target: str, line: "_Line") -> bytes | Refused:
        try:
            return self._fetched(host, target, line)
        except Refused as refused:
            return refused
        except Exception as error:  # noqa: BLE001 - whatever fails here, nothing was fetched
            return Refused(f"{host} could not be read: {type(error).__name__}: {error}")

    def _fetched(self, host: str, target: str, line: "_Line") -> bytes:
        addresses = list(self._resolve(host))
        if not addresses:
            raise Refused(f"{host} has no address")
        if hidden := [address for address in addresses if not is_public(address)]:
            raise Refused(f"{host} is at {hidden[0]}, which is no public address")
        with self._connected(addresses[:ADDRESSES]) as plain:
            line.hold(plain)
            plain.settimeout(SECONDS)
            with self._context.wrap_socket(
                plain, server_hostname=host, do_handshake_on_connect=False
            ) as secured:
                line.hold(secured)
                secured.do_handshake()
                return _exchange(secured, host, target)

    def _connected(self, addresses: Sequence[str]) -> socket.socket:
        """To the first that answers: a name may have addresses of IPv6 where there is only IPv4."""
        for address in addresses[:-1]:
            with suppress(OSError):
                return self._connect(address, 443, SECONDS)
        return self._connect(addresses[-1], 443, SECONDS)


class _Line:
    """The connection of one fetch, which whoever waits for it may cut."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: socket.socket | None = None
        self._cut = False

    def hold(self, connection: socket.socket) -> None:
        """Raises Refused if it was cut before."""
        with self._lock:
            if self._cut:
                raise Refused("too late")
            self._held = connection

    def cut(self) -> None:
        with self._lock:
            self._cut = True
            if self._held is not None:
                # Reads that wait for it end. Not by way of TLS, which the other thread is in the midst of.
                with suppress(OSError):
                    socket.socket.shutdown(self._held, socket.SHUT_RDWR)


def checked(url: str) -> tuple[str, str]:
    """Host and target of an https URL without anything unusual in it. Raises Refused."""
    if not (url.isascii() and url.isprintable() and " " not in url):
        raise Refused("the URL has characters that none may have")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Refused(f"the URL cannot be read: {error}") from error
    if parts.scheme != "https" or not parts.hostname:
        raise Refused(f"only https is fetched, found {parts.scheme or 'no scheme'}")
    if port not in (None, 443) or "@" in parts.netloc or parts.fragment:
        raise Refused(f"{parts.hostname}: no port, user or fragment may stand in the URL")
    return parts.hostname, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def is_public(text: str) -> bool:
    """Whether an address is on the open internet; one that stands for another is that other."""
    try:
        address: IPv4Address | IPv6Address = ip_address(text)
    except ValueError:
        return False
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if address in _NAT64:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is None and (address not in _GIVEN_OUT or address in _DOCUMENTATION or address.scope_id):
            return False
        address = inner or address
    return address.is_global and not address.is_multicast


def resolved(host: str) -> list[str]:
    found = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def connected(address: str, port: int, seconds: float) -> socket.socket:
    return socket.create_connection((address, port), timeout=seconds)


def _exchange(secured: ssl.SSLSocket, host: str, target: str) -> bytes:
    headers = {"Host": host, "Accept-Encoding": "identity", "User-Agent": "Hookline", "Connection": "close"}
    with closing(http.client.HTTPConnection(host)) as connection:
        connection.sock = secured
        connection.request("GET", target, headers=headers)
        with connection.getresponse() as response:
            if response.status != 200:
                raise Refused(f"{host} answered {response.status}")
            body = response.read(BYTES + 1)
            lacking = response.length
    if len(body) > BYTES:
        raise Refused(f"{host} answered with more than {BYTES} bytes")
    if lacking:
        raise Refused(f"{host} hung up {lacking} bytes before the end")
    return body
