"""What is wrong with a sender of one's own, and what to do about it."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.unit.config.conftest import Mistakes, Read

JWT = "{scheme: jwt, algorithms: HS256, header: A, "
SHOP = "provider: custom, event: {id: {header: X-Id}}"
HMAC = "{scheme: hmac, header: S}"
SIGNED_ID = '{scheme: hmac, header: S, content: "{header:x-id}.{body}"}'
GET = "method: GET, echo: {query: c}"
ORACLE = (
    "handshake: anybody may ask for the proof, and a challenge could be what signs an event: content {} has "
    "no character that no challenge has. If the sender signs its handshakes, write `signed: true`; else it "
    "cannot be answered safely: leave it out"
)

VERIFY = [
    ("{scheme: token}", ": say where the token stands, by header, query, json or form"),
    ("{scheme: token, json: a, form: b}", ": both json and form: keep the one that the sender's body is"),
    ('{scheme: token, query: k, prefix: "x"}', ": prefix without header has no effect: leave it out"),
    (
        "{scheme: basic, realm: 'a\"b'}",
        ".realm: 'a\"b' is no realm: letters, digits, spaces and . _ -",
    ),
    (
        "{scheme: basic, user: u}",
        ".user: unknown option 'user'. Allowed: realm, scheme",
    ),
    (
        "{scheme: jwt, header: A, body: unbound, algorithms: [HS256, RS256]}",
        (
            ": algorithms of shared secrets (HS256) beside those of public keys: a key is one or the other; "
            "leave the sender's own"
        ),
    ),
    (
        "{scheme: jwt, header: A, body: unbound, algorithms: none}",
        (
            ".algorithms: unknown value 'none'. Allowed: ES256, ES384, EdDSA, HS256, HS384, HS512, PS256, "
            "PS384, PS512, RS256, RS384, RS512"
        ),
    ),
    (
        JWT + "body: unbound, key_set_url: https://a.example/keys}",
        (
            ": key_set_url with HS256: a shared secret is not published; name the public key's algorithm, or "
            "leave key_set_url out"
        ),
    ),
    (
        "{scheme: jwt, algorithms: RS256, header: A, body: unbound, key_set_url: https://a.example/keys}",
        (
            ": key_set_url alone: a published key says that the sender signed, and not for whom; say what "
            "stands in the token, by audience or issuer"
        ),
    ),
    (
        "{scheme: jwt, algorithms: RS256, header: A, body: unbound, key_set_url: http://a.example/keys}",
        (
            ".key_set_url: 'http://a.example/keys' is no URL of a key set: it is fetched by https, from a "
            "public host in lower case and without a port, as in https://auth.example.com/.well-known/jwks.json"
        ),
    ),
    (
        "{scheme: jwt, algorithms: RS256, header: A, body: unbound, key_set_url: https://u:p@a.example/k}",
        (
            ".key_set_url: 'https://u:p@a.example/k' is no URL of a key set: it is fetched by https, from a "
            "public host in lower case and without a port, as in https://auth.example.com/.well-known/jwks.json"
        ),
    ),
    (
        JWT + "}",
        (
            ": nothing binds the token to its body: name the claim with the body's hash by body_claim, or "
            "write `body: unbound` if there is none, and whoever has recorded a token can then send another "
            "body with it while it lives"
        ),
    ),
    (
        JWT + "body: unbound, body_claim: sha}",
        ": body: unbound beside body_claim: keep the one that is true",
    ),
    (
        JWT + "body: token}",
        ": body: token, but the token stands elsewhere: leave header and query out",
    ),
    (
        "{scheme: jwt, algorithms: HS256, body_claim: sha}",
        ": say where the token stands, by header or query; or `body: token` if the body is the token",
    ),
    (
        JWT + "query: q, body: unbound}",
        ": both header and query: keep the one where the token stands",
    ),
    (JWT + "body: unbound, hash: sha512}", ": hash without body_claim has no effect: leave it out"),
    (JWT + "body: unbound, leeway: 11m}", ".leeway: 11m is out of range: from 0s to 10m"),
    (
        "{scheme: public-key, algorithm: ed25519, header: S, content: '{timestamp}'}",
        ": content '{timestamp}' leaves the body unsigned: put {body} into it",
    ),
    (
        "{scheme: public-key, algorithm: ed25519, header: S, content: '{body}{x}'}",
        (
            ": content '{body}{x}' has a placeholder that is unknown: allowed are {body}, {body_sha256_hex}, "
            "{body_sha256_base64}, {timestamp}, {method}, {url}, {target}, {path} and {header:Name}"
        ),
    ),
    (
        "{scheme: public-key, algorithm: ed25519, header: S, signature_form: raw}",
        ": signature_form: ed25519 knows but one: leave it out",
    ),
    (
        "{scheme: public-key, algorithm: ed25519, header: S, tolerance: 5m}",
        ": tolerance without a timestamp has no effect: leave it out",
    ),
]


@pytest.mark.parametrize(("verify", "expected"), VERIFY, ids=lambda value: str(value)[:60])
def test_a_mistake_in_a_scheme_says_what_to_do(mistakes: "Mistakes", verify: str, expected: str) -> None:
    text = f"sources:\n  acme: {{provider: custom, verify: {verify}}}\n"
    assert mistakes(text) == [f"hookline.yaml:2: sources.acme.verify{expected}"]


SOURCES = [
    (
        f"provider: custom, verify: {HMAC}, handshake: {{echo: {{json: challenge}}}}",
        (
            ": handshake: events have its method too, and one that has a value at `echo` would be taken for "
            "a handshake and lost: say by `when` what tells them apart, or by `method` how it comes"
        ),
    ),
    (
        f"provider: custom, verify: none, handshake: {{{GET}, signed: true}}",
        (": handshake: verify is none: there is no key to verify or to prove anything with; leave it out"),
    ),
    (
        f"provider: custom, verify: {{scheme: basic}}, handshake: {{{GET}, proof: {{}}}}",
        (
            ": handshake: a proof is an HMAC with the key that signs events: only `scheme: hmac` has one; "
            "leave it out"
        ),
    ),
    (
        (
            "provider: custom, verify: {scheme: hmac, header: S, key: base64}, "
            f"handshake: {{{GET}, proof: {{}}}}"
        ),
        (
            ": handshake: a proof is made with the secret's own text, and `key: base64` says that it stands "
            "for other bytes; leave proof out"
        ),
    ),
    *(
        (
            (
                f"provider: custom, verify: {{scheme: hmac, header: S, content: '{content}'{more}}}, "
                f"handshake: {{{GET}, proof: {{}}}}"
            ),
            f": {ORACLE.format(repr(content))}",
        )
        for content, more in (
            ("{body_sha256_hex}", ""),
            ("{timestamp}{body}", ", timestamp_header: T"),
            ("v0-{timestamp}_{body}", ", timestamp_header: T"),
            ("{method}{body}", ""),
        )
    ),
    (
        f"provider: custom, verify: {HMAC}, handshake: {{{GET}, body: '{{proof}}'}}",
        ".handshake: body has {proof}: say by proof how it is made, as in `proof: {hash: sha256}`",
    ),
    (
        f"provider: custom, verify: {HMAC}, handshake: {{{GET}, proof: {{}}, body: '{{echo}}'}}",
        ".handshake: proof without {proof} in body has no effect: put it into body, or leave it out",
    ),
    (
        f"provider: custom, verify: {HMAC}, handshake: {{{GET}, body: '{{ehco}}'}}",
        (
            ".handshake: body has a placeholder that is unknown: {ehco}; allowed are {echo}, {json} and "
            "{proof}"
        ),
    ),
    (
        f"provider: custom, verify: {HMAC}, handshake: {{{GET}, body: '{{named:key}}'}}",
        (
            ".handshake: body has a placeholder that is unknown: {named:key}; allowed are {echo}, {json} "
            "and {proof}"
        ),
    ),
    (
        (
            f"provider: custom, verify: {HMAC}, handshake: {{{GET}, content_type: application/json, "
            "body: '{echo}'}"
        ),
        (
            ".handshake: {echo} in JSON could be anything, quotation marks too: write {json}, which is the "
            "challenge as a JSON string"
        ),
    ),
    (
        f"provider: custom, verify: {HMAC}, handshake: {{{GET}, content_type: text/html}}",
        (
            ".handshake.content_type: unknown value 'text/html': did you mean 'text/plain'? Allowed: "
            "application/json, text/plain"
        ),
    ),
    (
        f"provider: custom, verify: {HMAC}, handshake: {{method: GET}}",
        ".handshake.echo: is missing. Where the challenge stands, the text that the sender chose.",
    ),
    (
        f"provider: custom, verify: {HMAC}, handshake: {{when: {{json: ok, is: true}}, echo: {{json: c}}}}",
        ".handshake.when.is: expected text or a whole number, found true",
    ),
    (
        f"provider: custom, verify: {HMAC}, event: {{id: {{claim: id}}}}",
        (
            ": event: {claim: …} reads a token that is the body, and this one's is not (`body: token`): "
            "write {json: …} or {header: …}"
        ),
    ),
    (
        "provider: stripe, allow_from: 203.0.113.5/24",
        (
            ".allow_from: '203.0.113.5/24' says more than the 24 bits that it names: write "
            "'203.0.113.0/24' for the range, or '203.0.113.5/32' for the one address"
        ),
    ),
    (
        "provider: stripe, allow_from: ['2001:db8::1/32']",
        (
            ".allow_from.0: '2001:db8::1/32' says more than the 32 bits that it names: write '2001:db8::/32' "
            "for the range, or '2001:db8::1/128' for the one address"
        ),
    ),
    (
        "provider: stripe, allow_from: [0.0.0.0/0]",
        (".allow_from.0: '0.0.0.0/0' is every address: leave the option out, or name the sender's own"),
    ),
    (
        "provider: stripe, allow_from: [stripe.com]",
        (
            ".allow_from.0: 'stripe.com' is no range of addresses: write it as in 203.0.113.0/24 or "
            "2001:db8::/32"
        ),
    ),
    (
        "provider: stripe, allow_from: ['::ffff:203.0.113.0/120']",
        (".allow_from.0: '::ffff:203.0.113.0/120' is IPv4 written as IPv6: write it as in 203.0.113.0/24"),
    ),
    (
        "provider: stripe, allow_from: [203.0.113.7, 203.0.113.7/32]",
        ".allow_from: an address stands twice",
    ),
    (
        "provider: stripe, allow_from: []",
        ".allow_from: an empty list: leave the option out, or name at least one",
    ),
    (
        "provider: discord-events, replay_guard: true",
        (
            ".replay_guard: discord-events gives its events no id, so that a body cannot come under another "
            "one: leave it out, or for a custom source say by event.id where the id stands"
        ),
    ),
    (
        "provider: google-calendar, replay_guard: true",
        (
            ".replay_guard: Google Calendar and Drive push notifications sends equal bodies that are events "
            "of their own, each of which would be marked: leave it out"
        ),
    ),
    (
        "provider: stripe, replay_guard: true",
        (
            ".replay_guard: the id stands in the body, so that a body always comes under its own id, and a "
            "replay is a duplicate without this: leave it out"
        ),
    ),
    (
        "provider: svix, replay_guard: true",
        (
            ".replay_guard: the signature covers the id, so that nobody can send a body under another one: "
            "leave it out"
        ),
    ),
    (
        f"{SHOP}, verify: {SIGNED_ID}, replay_guard: true",
        (
            ".replay_guard: the signature covers the id, so that nobody can send a body under another one: "
            "leave it out"
        ),
    ),
    (
        (
            "provider: custom, verify: {scheme: hmac, header: S, content: '{url}{body}'}, "
            "event: {id: {query: id}}, replay_guard: true"
        ),
        (
            ".replay_guard: the signature covers the id, so that nobody can send a body under another one: "
            "leave it out"
        ),
    ),
    (
        f"provider: custom, verify: {HMAC}, event: {{id: [{{json: id}}, {{form: id}}]}}, replay_guard: true",
        (
            ".replay_guard: the id stands in the body, so that a body always comes under its own id, and a "
            "replay is a duplicate without this: leave it out"
        ),
    ),
    (
        "provider: custom, verify: {scheme: jwt, algorithms: HS256, body: token}, redact: [data.card]",
        (".redact: the body is a token, in which nothing can be blanked without breaking it: leave it out"),
    ),
    (
        f"provider: custom, verify: {HMAC}, event: {{id: {{json: customer.id}}}}, redact: [customer]",
        (
            ": json:customer is blanked before anything is read, and the event's id or type stands there: "
            "leave it out of redact, or read another place"
        ),
    ),
]


@pytest.mark.parametrize(("source", "expected"), SOURCES, ids=lambda value: str(value)[:60])
def test_a_mistake_in_a_source_says_what_to_do(mistakes: "Mistakes", source: str, expected: str) -> None:
    assert mistakes(f"sources:\n  acme: {{{source}}}\n") == [f"hookline.yaml:2: sources.acme{expected}"]


@pytest.mark.parametrize(
    "source",
    [
        "provider: github, replay_guard: true",
        "provider: shopify, replay_guard: true",
        # The id's header comes first, and the body's fields after it.
        "provider: twilio, replay_guard: true",
        f"{SHOP}, verify: {HMAC}, replay_guard: true",
        f"{SHOP}, verify: none, replay_guard: true",
        f"{SHOP}, verify: {{scheme: basic}}, replay_guard: true",
        "provider: stripe, allow_from: 203.0.113.7",
        "provider: stripe, allow_from: [203.0.113.0/24, '2001:db8::/32']",
        f"provider: custom, verify: {HMAC}, handshake: {{{GET}}}",
        f"provider: custom, verify: {HMAC}, handshake: [{{{GET}, proof: {{}}}}]",
        (
            "provider: custom, verify: {scheme: hmac, header: S, content: '{body_sha256_hex}'}, "
            f"handshake: {{{GET}, proof: {{}}, signed: true}}"
        ),
        (
            "provider: custom, verify: {scheme: hmac, header: S, content: '{timestamp}.{body}', "
            f"timestamp_header: T}}, handshake: {{{GET}, proof: {{}}}}"
        ),
        f"provider: custom, verify: {HMAC}, handshake: {{when: {{json: type, is: ping}}, echo: {{json: c}}}}",
    ],
)
def test_what_is_right_is_taken(mistakes: "Mistakes", source: str) -> None:
    assert mistakes(f"sources:\n  acme: {{{source}}}\n") == []


def test_a_filter_cannot_read_what_is_blanked(mistakes: "Mistakes") -> None:
    text = """
        sources:
          shop: {provider: stripe, redact: [data.card]}
        subscribers:
          cards: {events: {match: {data: {card: {brand: [visa]}}}}, queue: {}}
          other: {events: {match: {data: {amount: [1]}}}, queue: {}}
    """
    assert mistakes(text) == [
        (
            "hookline.yaml:2: sources.shop: json:data.card is blanked before anything is read, and a "
            "subscriber's `match` reads it: leave it out of one of the two"
        )
    ]


def test_addresses_behind_something_of_ones_own_are_its_own(read: "Read") -> None:
    loaded = read("""
        public_url: https://hooks.example.com
        sources:
          shop: {provider: stripe, allow_from: 203.0.113.0/24}
    """)
    assert loaded.warnings == (
        (
            "hookline.yaml:3: sources.shop.allow_from: is held against the addresses of what answers for "
            "https://hooks.example.com, since that is who calls the gateway, and not against the sender's: "
            "limit the sender's there"
        ),
    )
