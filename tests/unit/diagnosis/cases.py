"""Requests with one mistake in each, by its cause: signed rightly first, then spoilt as people spoil them."""

import gzip
import json
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import replace
from urllib.parse import unquote_plus

from gateway.providers.schema import Encoding, Hash, Hmac, Provider, Scheme, Token
from gateway.request import Request
from gateway.verification import sign
from hookline.diagnosis import Case, Cause
from tests.sources import source

NOW = 1_795_435_200.0
TEXT = "a-long-shared-secret"
BASE64 = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
WHSEC = f"whsec_{BASE64}"
JSON = b'{"id":"evt_1","type":"invoice.paid","note":"Zo\xc3\xab a/b & c","amount":1}'
FORM = b"Body=Hello+there%21&From=%2B14158675309&MessageSid=SM1&MessageStatus=sent"


def request(body: bytes = JSON, content_type: str = "application/json", url: str = "") -> Request:
    return Request(
        method="POST",
        path="/in/source",
        query="",
        headers={"content-type": content_type, "host": "hooks.example.com"},
        body=body,
        url=url or "https://hooks.example.com/in/source",
    )


def sent(
    by: str | Scheme, key: str, what: Request | None = None, *, at: float = NOW, identifier: str = "msg_1"
) -> Request:
    """A request as its provider signs it."""
    schemes = source(by).schemes if isinstance(by, str) else (by,)
    plain = what or request()
    headers = sign(schemes, key, plain, at, identifier)
    added = {name.lower(): value for name, value in headers.items()}
    return replace(plain, headers={**plain.headers, **added})


def custom(scheme: Scheme) -> Provider:
    return Provider(name="erp", title="ERP", docs="", schemes=(scheme,), secret="")


def case(provider: str | Scheme, key: str, arrived: Request, **more: object) -> Case:
    configured = source(provider if isinstance(provider, str) else custom(provider))
    return Case(configured, [key], arrived, NOW, **more)  # type: ignore[arg-type]


def arriving(body: bytes, content_type: str = "", by: str = "github", before: bytes = JSON) -> Case:
    """Signed over `before`, arriving as `body`."""
    signed = sent(by, TEXT, request(before))
    headers = {**signed.headers, **({"content-type": content_type} if content_type else {})}
    return case(by, TEXT, replace(signed, body=body, headers=headers))


def header(provider: str, name: str, change: Callable[[str], str]) -> Case:
    signed = sent(provider, TEXT)
    return case(
        provider, TEXT, replace(signed, headers={**signed.headers, name: change(signed.headers[name])})
    )


def github(key: str, signed_with: str = TEXT, **more: object) -> Case:
    """A source with a key, and a request that was signed with one."""
    return case("github", key, sent("github", signed_with), **more)


def written(indent: int | None = None) -> bytes:
    return json.dumps(json.loads(JSON), ensure_ascii=False, indent=indent).encode()


def otherwise(
    hash_: Hash = "sha256", encoding: Encoding = "hex", prefix: str = "", content: str = "{body}"
) -> Case:
    """Signed in another way than the source of a custom sender says."""
    configured = Hmac(
        header="X-Erp-Signature", content="{timestamp}.{body}", timestamp_header="X-Erp-Timestamp", key="text"
    )
    actual = replace(configured, hash=hash_, encoding=encoding, prefix=prefix, content=content)
    return case(configured, TEXT, sent(actual, TEXT))


DOCUMENT = json.loads(JSON)
ESCAPED = json.dumps(DOCUMENT, separators=(",", ":")).encode()
GITHUB = "x-hub-signature-256"
TIMED = "{timestamp}.{body}"

CASES: Mapping[str, tuple[Cause, Case]] = {
    "a newline at the key's end": (Cause.KEY_WHITE_SPACE, github(f"{TEXT}\n")),
    "quotation marks": (Cause.KEY_QUOTED, github(f'"{TEXT}"')),
    "whsec_ is kept": (Cause.KEY_PREFIX_KEPT, github(f"whsec_{TEXT}")),
    "whsec_ is lost": (Cause.KEY_PREFIX_LOST, case("stripe", BASE64, sent("stripe", WHSEC))),
    "whsec_ is lost at GitLab": (Cause.KEY_PREFIX_LOST, case("gitlab", BASE64, sent("gitlab", WHSEC))),
    "the key's bytes": (
        Cause.KEY_READING,
        case("github", BASE64, sent(Hmac(header=GITHUB, prefix="sha256=", key="base64"), BASE64)),
    ),
    "the key's text": (
        Cause.KEY_READING,
        case(
            "standard-webhooks",
            WHSEC,
            sent("standard-webhooks", f"whsec_{b64encode(WHSEC.encode()).decode()}"),
        ),
    ),
    "a Kubernetes secret": (
        Cause.KEY_ENCODED,
        case("github", b64encode(TEXT.encode()).decode(), sent("github", TEXT)),
    ),
    "copied from HTML": (
        Cause.KEY_ESCAPED,
        github("a&amp;b-and-more", "a&b-and-more"),
    ),
    "copied from a URL": (
        Cause.KEY_ESCAPED,
        github("a%2Fb-and-more", "a/b-and-more"),
    ),
    "echo at the sender": (Cause.KEY_NEWLINE, github(TEXT, f"{TEXT}\n")),
    "a key in upper case": (Cause.KEY_CASE, github(TEXT.upper())),
    "the secret's whole JSON": (
        Cause.KEY_WRAPPED,
        github(json.dumps({"keys": [TEXT]})),
    ),
    "a former key in force": (
        Cause.KEY_FORMER,
        replace(github(TEXT, "former-secret"), keys=["newest-secret", "former-secret"]),
    ),
    "a former key out of force": (
        Cause.KEY_RETIRED,
        github(TEXT, "former-secret", retired=["former-secret"]),
    ),
    "two endpoints mixed up": (
        Cause.KEY_OF_ANOTHER_SOURCE,
        github(TEXT, "the-others", elsewhere={"github-eu": ["the-others"]}),
    ),
    "GitLab's token where its signing token is set": (
        Cause.KEY_OF_ANOTHER_SCHEME,
        case("gitlab", WHSEC, sent(Token(header="X-Gitlab-Token"), TEXT)),
    ),
    "GitLab's signing token where its token is set": (
        Cause.KEY_OF_ANOTHER_SCHEME,
        case("gitlab", TEXT, sent("gitlab", WHSEC)),
    ),
    "the secret itself is sent": (
        Cause.KEY_SENT_ITSELF,
        case("github", TEXT, sent(Token(header="Authorization", prefix="Bearer "), TEXT)),
    ),
    "no public key": (Cause.KEY_UNUSABLE, case("discord", "not hex", sent("github", TEXT))),
    "base64 where hex was expected": (Cause.ENCODING_OTHER, otherwise(encoding="base64", content=TIMED)),
    "SHA-1": (Cause.HASH_OTHER, otherwise(hash_="sha1", content=TIMED)),
    "SHA-512 in base64": (Cause.HASH_OTHER, otherwise(hash_="sha512", encoding="base64", content=TIMED)),
    "a prefix": (Cause.PREFIX_OTHER, otherwise(prefix="sha256=", content=TIMED)),
    "a timestamp that is not signed": (Cause.CONTENT_OTHER, otherwise(content="{body}")),
    "hex in upper case": (
        Cause.HEX_UPPER_CASE,
        header("github", GITHUB, lambda value: "sha256=" + value.removeprefix("sha256=").upper()),
    ),
    "a header that came twice": (
        Cause.HEADER_DOUBLED,
        header("github", GITHUB, lambda value: f"{value}, {value}"),
    ),
    "Stripe's header, twice": (
        Cause.HEADER_DOUBLED,
        header("stripe", "stripe-signature", lambda value: f"{value},{value}"),
    ),
    "a header in quotation marks": (
        Cause.HEADER_ALTERED,
        header("github", GITHUB, lambda value: f'"{value}"'),
    ),
    "a percent-encoded header": (
        Cause.HEADER_ALTERED,
        header("github", GITHUB, lambda value: value.replace("=", "%3D")),
    ),
    "a renamed header": (
        Cause.HEADER_RENAMED,
        case("github", TEXT, sent(Hmac(header="X-Forwarded-Hub-Signature-256", prefix="sha256="), TEXT)),
    ),
    "JSON with spaces": (
        Cause.BODY_RESERIALISED,
        arriving(written()),
    ),
    "indented JSON": (
        Cause.BODY_RESERIALISED,
        arriving(written(indent=2)),
    ),
    "JSON with its keys in order": (
        Cause.BODY_RESERIALISED,
        arriving(JSON, before=json.dumps(DOCUMENT, sort_keys=True).encode()),
    ),
    "JSON with escapes": (
        Cause.BODY_ESCAPED,
        arriving(ESCAPED),
    ),
    "JSON whose escapes are gone": (
        Cause.BODY_ESCAPED,
        arriving(JSON, before=ESCAPED),
    ),
    "JSON whose slashes were escaped": (
        Cause.BODY_ESCAPED,
        arriving(JSON, before=JSON.replace(b"/", b"\\/")),
    ),
    "a newline that was lost": (Cause.BODY_NEWLINE, arriving(JSON, before=JSON + b"\n")),
    "a newline that was added": (Cause.BODY_NEWLINE, arriving(JSON + b"\n")),
    "line ends": (Cause.BODY_LINE_ENDS, arriving(b"one\r\ntwo\r\n", before=b"one\ntwo\n")),
    "line ends the other way": (Cause.BODY_LINE_ENDS, arriving(b"one\ntwo\n", before=b"one\r\ntwo\r\n")),
    "a byte order mark": (Cause.BODY_MARK, arriving(b"\xef\xbb\xbf" + JSON)),
    "latin-1": (Cause.BODY_CHARSET, arriving("Zoë".encode(), before="Zoë".encode("latin-1"))),
    "UTF-8 twice": (
        Cause.BODY_CHARSET,
        arriving("ZoÃ«".encode(), before="Zoë".encode()),
    ),
    "a decoded form": (Cause.BODY_FORM_DECODED, arriving(unquote_plus(FORM.decode()).encode(), before=FORM)),
    "a form as JSON": (
        Cause.BODY_FORM_DECODED,
        arriving(b'{"text":"Hello there!","user":"U1"}', before=b"text=Hello+there%21&user=U1"),
    ),
    "base64": (Cause.BODY_BASE64, arriving(b64encode(JSON))),
    "gzip": (Cause.BODY_COMPRESSED, arriving(gzip.compress(JSON))),
    "a body that was cut": (
        Cause.BODY_CUT,
        replace(
            base := arriving(JSON[:20]),
            request=replace(base.request, headers={**base.request.headers, "content-length": str(len(JSON))}),
        ),
    ),
    "no body": (Cause.BODY_GONE, arriving(b"")),
    "http in place of https": (
        Cause.URL_OTHER,
        case(
            "twilio",
            TEXT,
            replace(
                sent(
                    "twilio",
                    TEXT,
                    request(FORM, "application/x-www-form-urlencoded", "http://hooks.example.com/in/source"),
                ),
                url="https://hooks.example.com/in/source",
            ),
        ),
    ),
    "another host": (
        Cause.URL_OTHER,
        case(
            "twilio",
            TEXT,
            replace(
                sent("twilio", TEXT, request(FORM, "application/x-www-form-urlencoded")),
                url="https://a1b2.execute-api.eu-central-1.amazonaws.com/in/source/",
            ),
        ),
    ),
    "milliseconds": (Cause.CLOCK_MILLISECONDS, case("stripe", TEXT, sent("stripe", TEXT, at=NOW * 1000))),
    "a time zone": (Cause.CLOCK_ZONE, case("stripe", TEXT, sent("stripe", TEXT, at=NOW + 3600))),
    "a clock ahead": (Cause.CLOCK_SKEW, case("slack", TEXT, sent("slack", TEXT, at=NOW + 400))),
    "a saved request": (Cause.HELD_BACK, case("slack", TEXT, sent("slack", TEXT, at=NOW - 7 * 86_400))),
    "Shopify's, with its key": (Cause.OTHER_PROVIDER, case("github", TEXT, sent("shopify", TEXT))),
    "Shopify's, with another key": (
        Cause.OTHER_PROVIDER,
        case("github", "another-key", sent("shopify", TEXT)),
    ),
    "a GET": (Cause.METHOD_NOT_ROUTED, case("github", TEXT, replace(sent("github", TEXT), method="GET"))),
}
