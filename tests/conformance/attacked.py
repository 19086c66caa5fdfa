"""An authentic request of every provider, by each of its schemes, for tests that alter it."""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from gateway import handshakes
from gateway.body import Places
from gateway.catalog import Source
from gateway.providers import PROVIDERS
from gateway.providers.schema import Jwt, PayPal, Scheme, Sns, StandardWebhooks, fetches
from gateway.request import Request
from gateway.verification import Rejected, Verified, key_set, signed, verify, verifying_key
from hookline.local.keys import form, generate
from hookline.samples import samples
from tests.sources import configured
from tests.unit.verification.authority import certificate, root
from tests.unit.verification.pairs import private_pem, public_pem
from tests.unit.verification.requests import NOW

HOST = "https://hooks.example.com"
ID = "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W"
WEBHOOK = "8PT597110X687430LKGECATA"


@dataclass(frozen=True, slots=True)
class Attacked:
    """key: what the sender signs with. keys: what the source's secret holds. published: what lies where the
    request says that its key does, empty for schemes that fetch none.
    """

    name: str
    scheme: Scheme
    source: Source
    key: str
    keys: tuple[str, ...]
    published: str
    plain: Request
    request: Request

    def verdict(self, request: Request, keys: tuple[str, ...] | None = None, now: float = NOW) -> object:
        """As ingest decides: what is published is had only from the URL where it is."""
        url = key_set(self.source, request)
        fetched = (self.published,) if url and url == key_set(self.source, self.request) else ()
        own = self.keys if keys is None else keys
        return verify(self.source, (*own, *(one for one in fetched if one)), request, now)

    def passes(self, request: Request) -> bool:
        verdict = self.verdict(request)
        assert isinstance(verdict, Verified | Rejected)
        return isinstance(verdict, Verified)

    def signed(self, now: float, key: str = "") -> Request:
        return signed((self.scheme,), key or self.key, self.plain, now, ID)

    def ids(self, request: Request) -> tuple[str, ...]:
        """As dispatch finds them, one for each item of a batch."""
        places = Places(request)
        items = places.value(self.source.items) if self.source.items else None
        return tuple(
            places.first(self.source.id, item) for item in (items if isinstance(items, list) else [None])
        )


@cache
def a_key(form_of_key: str, number: int = 0) -> str:
    """A generated key; each number is another one of the same form. Made once: RSA takes its time."""
    if form_of_key.endswith("rsa"):
        return private_pem("rsa", 7 + number)
    if form_of_key.endswith("whsk_"):
        return f"whsk_{b64encode(bytes([number + 1]) * 32).decode()}"
    return generate(form_of_key)


def forms(scheme: Scheme) -> Iterator[str]:
    """Of keys that a scheme is used with: more than one where the key decides the algorithm."""
    yield form(scheme)
    match scheme:
        case StandardWebhooks(key="base64", key_prefix=""):
            yield "whsk_"
        case Jwt(algorithms=algorithms) if len(algorithms) > 1:
            yield from (":rsa", ":ecdsa-p256")


def other_key(one: Attacked) -> tuple[str, ...]:
    """Keys of the same form that did not sign."""
    for kind in forms(one.scheme):
        if one.name.endswith(kind):
            return _verifying(one.scheme, kind, a_key(kind, 1))[0]
    return _verifying(one.scheme, form(one.scheme), a_key(form(one.scheme), 1))[0]


def _verifying(scheme: Scheme, kind: str, key: str) -> tuple[tuple[str, ...], str]:
    """The keys to configure, and what is published."""
    if isinstance(scheme, PayPal):
        return (WEBHOOK,), certificate()
    if isinstance(scheme, Sns):
        return (), public_pem("rsa")
    public = verifying_key((scheme,), key)
    return ((), public) if fetches(scheme) else ((public,), "")


def _all() -> Iterator[Attacked]:
    known = samples()
    for name in PROVIDERS:
        source = configured(name)
        requests = [one.request(HOST, source.path) for one in known[name].values()]
        for number, scheme in enumerate(source.schemes):
            for kind in forms(scheme):
                label = f"{name}-{number}" if number else name
                label = label if kind == form(scheme) else f"{label}/{kind}"
                yield _one(label, source, scheme, kind, requests)


def _one(label: str, source: Source, scheme: Scheme, kind: str, requests: list[Request]) -> Attacked:
    if isinstance(scheme, PayPal):
        scheme = replace(scheme, trust_anchors=(root(),))
        source = replace(source, schemes=(scheme,))
    key = f"{WEBHOOK}:{private_pem('rsa')}" if isinstance(scheme, PayPal) else a_key(kind)
    keys, published = _verifying(scheme, kind, key)
    # Events before handshakes: of these there are some, signed as all is, that are all that a provider sends.
    for plain in sorted(requests, key=lambda plain: handshakes.find(source, plain, NOW) is not None):
        try:
            request = signed((scheme,), key, plain, NOW, ID)
        except ValueError:
            continue
        return Attacked(label, scheme, source, key, keys, published, plain, request)
    raise ValueError(f"no sample of {label} can be signed by {scheme}")


ATTACKED = {one.name: one for one in _all()}
