"""ULIDs: 48 bits of milliseconds and 80 of randomness, in 26 characters that sort by time.

https://github.com/ulid/spec
"""

from hashlib import sha256

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def ulid(milliseconds: int, randomness: bytes) -> str:
    """`milliseconds` since 1970, `randomness` of ten bytes."""
    number = milliseconds << 80 | int.from_bytes(randomness[:10])
    return "".join(_ALPHABET[number >> shift & 31] for shift in range(125, -1, -5))


def milliseconds_of(identifier: str) -> int:
    """The time that an identifier carries, in milliseconds since 1970."""
    number = 0
    for character in identifier[:10]:
        number = number << 5 | _ALPHABET.index(character)
    return number


def item_id(envelope_id: str, index: int) -> str:
    """The id of an envelope's item: the same at each run, so that a second worker publishes under it too.

    The first item has the envelope's own id.
    """
    if index == 0:
        return envelope_id
    return ulid(milliseconds_of(envelope_id), sha256(f"{envelope_id}#{index}".encode()).digest())
