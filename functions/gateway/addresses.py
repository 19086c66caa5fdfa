"""Senders' addresses, and the ranges that a source takes them from."""

from collections.abc import Sequence
from functools import cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network


def within(address: str, ranges: Sequence[str]) -> bool:
    """Whether an address lies in one of the ranges (CIDR). What is no address lies in none.

    An IPv4 address that is written as an IPv6 one (RFC 4291, section 2.5.5.2) counts as itself.
    """
    try:
        found: IPv4Address | IPv6Address = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        found = found.ipv4_mapped or found
    return any(found in network for network in _networks(tuple(ranges)))


@cache
def _networks(ranges: tuple[str, ...]) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(one) for one in ranges)
