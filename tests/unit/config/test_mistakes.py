"""A mistake is told with its line, what was found, what is allowed and the nearest name; all at once."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gateway.providers import PROVIDERS
from hookline.config.load import load
from hookline.config.mistakes import ConfigurationError, unknown_of_many

if TYPE_CHECKING:
    from tests.unit.config.conftest import Mistakes

OPTIONS = (
    "allow_from, deduplicate, enrolment, expect_every, path, provider, redact, replay_guard, retention, "
    "settings, state, throttle, tolerance, verify, volatile"
)
PATH = (
    "a slash and letters, digits, hyphens, dots, underscores or tildes, perhaps several times, "
    "as in /in/stripe, at most 200 characters"
)
JSON_PATH = "is no path into a JSON body: write names joined by dots, as in data.object.id"
NAME = "is no name: lower-case letters, digits and hyphens, a letter first, at most 40 characters"
DURATION = "is no duration: write a whole number and a unit, as in 30d, 12h, 5m or 90s"
HMAC = "{scheme: hmac, header: X-S"


def unknown_provider(name: str) -> str:
    return unknown_of_many("provider", name, [*PROVIDERS, "custom"], "hookline providers")


SOURCES = [
    (
        "{provider: miro}",
        (
            ": Miro signs nothing that it sends: write `verify: none`, and give the source a `path` that "
            "cannot be guessed, since that is all there is to keep strangers out"
        ),
    ),
    (
        "{provider: miro, verify: none, settings: {header: X}}",
        ".settings.header: unknown setting of miro 'header'. Allowed: none",
    ),
    (
        "{provider: videoask}",
        ": videoask needs `settings: {header: …}`: the name of the webhook's custom header",
    ),
    (
        "{provider: strpe}",
        f".provider: {unknown_provider('strpe')}",
    ),
    ("{provider: acme}", f".provider: {unknown_provider('acme')}"),
    ("{provider: 5}", ".provider: expected text, found 5"),
    (
        "{}",
        ".provider: is missing. Who sends: the name of a provider, or `custom` for a scheme described here.",
    ),
    ("stripe", ": expected options, as in {name: value}, found 'stripe'"),
    ("", ": expected options, as in {name: value}, found nothing"),
    (
        "{provider: stripe, tolerence: 5m}",
        f".tolerence: unknown option 'tolerence': did you mean 'tolerance'? Allowed: {OPTIONS}",
    ),
    (
        "{provider: stripe, methods: [GET]}",
        f".methods: unknown option 'methods': only a source of provider custom has it. Allowed: {OPTIONS}",
    ),
    (
        "{provider: stripe, window: 5m}",
        f".window: unknown option 'window': it stands under deduplicate. Allowed: {OPTIONS}",
    ),
    (
        "{provider: stripe, rate: 5}",
        f".rate: unknown option 'rate': it stands under throttle. Allowed: {OPTIONS}",
    ),
    (
        "{provider: stripe, state: drained}",
        ".state: unknown value 'drained': did you mean 'draining'? Allowed: active, draining",
    ),
    ("{provider: stripe, path: stripe}", f".path: 'stripe' is no path: {PATH}"),
    ("{provider: stripe, path: /in/}", f".path: '/in/' is no path: {PATH}"),
    ("{provider: stripe, path: '/{id}'}", f".path: '/{{id}}' is no path: {PATH}"),
    ("{provider: stripe, path: /a/../b}", f".path: '/a/../b' is no path: {PATH}"),
    ("{provider: stripe, path: /a//b}", f".path: '/a//b' is no path: {PATH}"),
    ("{provider: stripe, path: /ü}", f".path: '/ü' is no path: {PATH}"),
    ("{provider: stripe, throttle: {rate: fast}}", ".throttle.rate: expected a whole number, found 'fast'"),
    ("{provider: stripe, throttle: {rate: '5'}}", ".throttle.rate: expected a whole number, found '5'"),
    ("{provider: stripe, throttle: {rate: true}}", ".throttle.rate: expected a whole number, found true"),
    ("{provider: stripe, throttle: {rate: 0}}", ".throttle.rate: 0 is out of range: from 1 to 10000"),
    ("{provider: stripe, throttle: {burst: 5001}}", ".throttle.burst: 5001 is out of range: from 1 to 5000"),
    (
        "{provider: stripe, throttle: {rates: 5}}",
        ".throttle.rates: unknown option 'rates': did you mean 'rate'? Allowed: burst, rate",
    ),
    ("{provider: stripe, deduplicate: {window: 3}}", f".deduplicate.window: 3 {DURATION}"),
    (
        "{provider: stripe, deduplicate: {window: 59s}}",
        ".deduplicate.window: 59s is out of range: from 1m to 365d",
    ),
    (
        "{provider: stripe, deduplicate: {window: 366d}}",
        ".deduplicate.window: 366d is out of range: from 1m to 365d",
    ),
    ("{provider: stripe, retention: 21d}", ".retention: 21d is out of range: from 22d to 3650d"),
    (
        "{provider: stripe, retention: 361h}",
        ".retention: 361h is no whole number of days: write it as in 90d",
    ),
    ("{provider: stripe, expect_every: 4m}", ".expect_every: 4m is out of range: from 5m to 7d"),
    ("{provider: stripe, expect_every: 8d}", ".expect_every: 8d is out of range: from 5m to 7d"),
    ("{provider: stripe, tolerance: 2d}", ".tolerance: 2d is out of range: from 1s to 1d"),
    (
        "{provider: github, tolerance: 5m}",
        ".tolerance: github signs no timestamp here, so that a tolerance has no effect: leave it out",
    ),
    ("{provider: stripe, volatile: a.b}", ".volatile: expected a list, found 'a.b'"),
    ("{provider: stripe, volatile: [a..b]}", f".volatile.0: 'a..b' {JSON_PATH}"),
    (
        "{provider: stripe, verify: {scheme: hmac}}",
        ".verify: a scheme of one's own needs provider custom: here only `none` may stand",
    ),
    ("{provider: stripe, verify: nnoe}", ".verify: unknown value 'nnoe': did you mean 'none'? Allowed: none"),
    (
        "{provider: custom}",
        (
            ".verify: is missing. How it is verified: {scheme: hmac, …} or another scheme, or `none` to take "
            "anybody's requests."
        ),
    ),
    (
        "{provider: custom, verify: {scheme: hmca}}",
        ".verify: unknown scheme 'hmca': did you mean 'hmac'? Allowed: basic, hmac, jwt, public-key, token",
    ),
    (
        "{provider: custom, verify: off}",
        ".verify: expected {scheme: hmac or token or basic or jwt or public-key, …} or none, found 'off'",
    ),
    (
        "{provider: custom, verify: {header: X}}",
        ".verify: expected {scheme: hmac or token or basic or jwt or public-key, …} or none, found options",
    ),
    (
        "{provider: custom, verify: {scheme: hmac}}",
        ".verify: say where the signature stands, by header or query",
    ),
    (
        "{provider: custom, verify: {scheme: token, header: X Y}}",
        ".verify.header: 'X Y' is no header name: write it as in X-Signature",
    ),
    (
        "{provider: custom, verify: {scheme: token, header: X, tolerance: 5m}}",
        (
            ".verify.tolerance: unknown option 'tolerance': it stands under verify, of a custom source with "
            "scheme hmac or jwt or public-key. Allowed: form, header, json, prefix, query, scheme"
        ),
    ),
    (
        f"{{provider: custom, verify: {HMAC}, hash: sha265}}}}",
        ".verify.hash: unknown value 'sha265': did you mean 'sha256'? Allowed: sha1, sha256, sha384, sha512",
    ),
    (
        f"{{provider: custom, verify: {HMAC}, encoding: hax}}}}",
        (
            ".verify.encoding: unknown value 'hax': did you mean 'hex'? "
            "Allowed: base64, base64-of-hex, base64url, hex, hex-upper"
        ),
    ),
    (
        f"{{provider: custom, verify: {HMAC}, key: 5}}}}",
        ".verify.key: expected one of base64, base64url, hex, nfkd, sha256, text, found 5",
    ),
    (
        f"{{provider: custom, verify: {HMAC}, content: '{{bdoy}}'}}}}",
        (
            ".verify: content '{bdoy}' has a placeholder that is unknown: "
            "allowed are {body}, {body_sha256_hex}, {timestamp}, {method}, {url}, {path}, {header:Name}, "
            "{query:name}, {form:name}, {json:path} and {field:name}"
        ),
    ),
    (
        f"{{provider: custom, verify: {HMAC}, content: '{{timestamp}}', timestamp_header: T}}}}",
        ".verify: content '{timestamp}' leaves the body unsigned: put {body} into it",
    ),
    (
        f"{{provider: custom, verify: {HMAC}, content: '{{timestamp}}.{{body}}'}}}}",
        ".verify: content has {timestamp}: say where it stands, by timestamp_header or timestamp_field",
    ),
    (
        f"{{provider: custom, verify: {HMAC}, timestamp_header: T}}}}",
        (
            ".verify: the timestamp is not signed, so anybody could renew it: put {timestamp} into content, "
            "or leave timestamp_header and timestamp_field out"
        ),
    ),
    (
        f"{{provider: custom, verify: {HMAC}, timestamp_field: t, content: '{{timestamp}}{{body}}'}}}}",
        ".verify: timestamp_field without signature_field: name the signature's member of the header too",
    ),
    (
        f"{{provider: custom, verify: {HMAC}, timestamp_field: t, timestamp_header: T}}}}",
        ".verify: both timestamp_header and timestamp_field: keep the one where the timestamp stands",
    ),
    (
        f"{{provider: custom, verify: {HMAC}, timestamp_unit: ms}}}}",
        ".verify: timestamp_unit without a timestamp has no effect: leave it out",
    ),
    (
        "{provider: custom, verify: {scheme: hmac, query: sig, more_headers: X-S}}",
        ".verify: more_headers without header: name the first one there",
    ),
    (
        f"{{provider: custom, verify: {HMAC}, separator: '|'}}}}",
        ".verify.separator: '|' is no separator: one of , ; . and a space",
    ),
    (
        f"{{provider: custom, verify: {HMAC}, content: '{{method}} {{path}}'}}}}",
        ".verify: content '{method} {path}' leaves the body unsigned: put {body} into it",
    ),
    (
        f"{{provider: custom, verify: {HMAC}, tolerance: 5m}}}}",
        ".verify: tolerance without a timestamp has no effect: leave it out",
    ),
    (
        "{provider: custom, verify: none, event: {id: {jsn: id}}}",
        ".event.id.jsn: unknown option 'jsn': did you mean 'json'? Allowed: claim, form, header, json, query",
    ),
    (
        "{provider: custom, verify: none, event: {id: [{json: id}, {json: $.id}]}}",
        f".event.id.1.json: '$.id' {JSON_PATH}",
    ),
    (
        "{provider: custom, verify: none, event: {id: {json: id, header: X}}}",
        ".event.id: a place is exactly one of json, header, form, query and claim, as in {json: id}",
    ),
    (
        "{provider: custom, verify: none, event: {id: {json: a+b}}}",
        f".event.id.json: 'a+b' {JSON_PATH}",
    ),
    (
        "{provider: custom, verify: none, event: {type: []}}",
        ".event.type: an empty list: leave the option out, or name at least one",
    ),
    (
        "{provider: custom, verify: none, methods: [POST, PSOT]}",
        ".methods.1: unknown value 'PSOT': did you mean 'POST'? Allowed: DELETE, GET, PATCH, POST, PUT",
    ),
    ("{provider: custom, verify: none, methods: [POST, POST]}", ".methods: a method stands twice"),
    (
        "{provider: custom, verify: none, answer: {status: 301}}",
        ".answer.status: 301 is out of range: from 200 to 299",
    ),
]

EVENT_TYPE = (
    "is no event type: up to 128 characters and no backslash, with single * for any text, as in invoice.*"
)
RECEIVER = "expected exactly one receiver: function with a name, or queue with {}"
RETRIED = "{events: {}, function: payments, retry:"
EMPTY = "an empty list: leave the option out, or name at least one"

SUBSCRIBERS = [
    ("{queue: {}}", ".events: is missing. Which events it wants: `{}` for every event."),
    ("{events: , queue: {}}", ".events: expected options, as in {name: value}, found nothing"),
    ("{events: {}}", f": {RECEIVER}; found none"),
    ("{events: {}, function: payments, queue: {}}", f": {RECEIVER}; found function, queue"),
    ("{events: {}, http: {url: x}}", f": {RECEIVER}; found http"),
    (
        "{events: {}, queue: {}, retry: {}}",
        (
            ".retry: unknown option 'retry': only a subscriber with a function has it. "
            "Allowed: events, queue, state"
        ),
    ),
    (
        "{events: {}, queue: {}, rate: 5}",
        (
            ".rate: unknown option 'rate': only a subscriber with a function has it. "
            "Allowed: events, queue, state"
        ),
    ),
    ("{events: {}, state: draining}", f": {RECEIVER}; found none"),
    (
        "{events: {}, queue: {}, state: off}",
        ".state: unknown value 'off'. Allowed: active, draining",
    ),
    (f"{RETRIED} {{waits: 10s}}}}", ".retry.waits: expected a list, found '10s'"),
    (f"{RETRIED} {{waits: []}}}}", ".retry.waits: 0 waits: from 1 to 20"),
    (f"{RETRIED} {{waits: [{', '.join(['1s'] * 21)}]}}}}", ".retry.waits: 21 waits: from 1 to 20"),
    (f"{RETRIED} {{waits: [1s, 0s]}}}}", ".retry.waits.1: 0s is out of range: from 1s to 7d"),
    (f"{RETRIED} {{waits: [8d]}}}}", ".retry.waits.0: 8d is out of range: from 1s to 7d"),
    (f"{RETRIED} {{waits: [10]}}}}", f".retry.waits.0: 10 {DURATION}"),
    (f"{RETRIED} {{jitter: 101}}}}", ".retry.jitter: 101 is out of range: from 0 to 100"),
    (f"{RETRIED} {{attempts: 0}}}}", ".retry.attempts: 0 is out of range: from 1 to 100"),
    (
        f"{RETRIED} {{waits: [1s, 2s, 3s], attempts: 2}}}}",
        (
            ".retry: with 2 attempts 2 of the 3 waits would never be used, the last: "
            "leave them out, or allow 4 attempts"
        ),
    ),
    (
        f"{RETRIED} {{wait: [1s]}}}}",
        ".retry.wait: unknown option 'wait': did you mean 'waits'? Allowed: attempts, jitter, waits",
    ),
    (f"{RETRIED} }}", ".retry: expected options, as in {name: value}, found nothing"),
    ("{events: {}, function: payments, rate: 0}", ".rate: 0 is out of range: from 1 to 1000"),
    ("{events: {}, function: payments, rate: 1001}", ".rate: 1001 is out of range: from 1 to 1000"),
    ("{events: {}, queue: }", ".queue: expected options, as in {name: value}, found nothing"),
    ("{events: {}, queue: {fifo: true}}", ".queue.fifo: unknown option 'fifo'. Allowed: none"),
    (
        "{events: {sources: a}, queue: {}}",
        (
            ".events.sources: unknown option 'sources': did you mean 'source'? "
            "Allowed: match, provider, source, type"
        ),
    ),
    ("{events: {type: []}, queue: {}}", f".events.type: {EMPTY}"),
    ("{events: {source: []}, queue: {}}", f".events.source: {EMPTY}"),
    ("{events: {provider: []}, queue: {}}", f".events.provider: {EMPTY}"),
    ("{events: {type: [a**]}, queue: {}}", f".events.type.0: 'a**' {EVENT_TYPE}"),
    ("{events: {type: 'a\\b'}, queue: {}}", f".events.type: 'a\\\\b' {EVENT_TYPE}"),
    (f"{{events: {{type: {'x' * 129}}}, queue: {{}}}}", f".events.type: '{'x' * 129}' {EVENT_TYPE}"),
    (
        "{events: {provider: gitub}, queue: {}}",
        f".events.provider: {unknown_provider('gitub')}",
    ),
    (
        "{events: {provider: [stripe, slack]}, queue: {}}",
        ".events.provider.1: no source has provider 'slack', so that this filter lets nothing of it through",
    ),
    (
        "{events: {source: [stripe, strpe]}, queue: {}}",
        ".events.source.1: unknown source 'strpe': did you mean 'stripe'? Allowed: stripe",
    ),
    (
        "{events: {}, function: paymens}",
        (
            ".function: unknown function 'paymens': did you mean 'payments'? Allowed: deployments, payments. "
            "To add it, write functions/subscribers/paymens/handler.py"
        ),
    ),
]


@pytest.mark.parametrize(("source", "expected"), SOURCES)
def test_a_mistake_in_a_source_is_told_in_one_line(mistakes: "Mistakes", source: str, expected: str) -> None:
    assert mistakes(f"sources:\n  acme: {source}\n") == [f"hookline.yaml:2: sources.acme{expected}"]


@pytest.mark.parametrize(("subscriber", "expected"), SUBSCRIBERS)
def test_a_mistake_in_a_subscriber_is_told_in_one_line(
    mistakes: "Mistakes", subscriber: str, expected: str
) -> None:
    text = f"sources:\n  stripe: {{provider: stripe}}\nsubscribers:\n  audit: {subscriber}\n"
    assert mistakes(text) == [f"hookline.yaml:4: subscribers.audit{expected}"]


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example.com",
        "https://hooks.example.com/",
        "https://",
        "hooks.example.com",
        "https://a.b/?x",
        "https://user@hooks.example.com",
    ],
)
def test_a_public_url_is_https_without_a_slash_at_the_end(mistakes: "Mistakes", url: str) -> None:
    text = f"public_url: {url}\nsources: {{stripe: {{provider: stripe}}}}\n"
    assert mistakes(text) == [
        (
            f"hookline.yaml:1: public_url: {url!r} is no public URL: "
            "write https://, a host and perhaps a path, without a slash at the end"
        )
    ]


CERTIFICATE = "arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d-1"


@pytest.mark.parametrize(
    "name",
    [
        "https://hooks.example.com",
        "hooks.example.com/",
        "Hooks.example.com",
        "hooks",
        "*.a.io",
        "-a.b.io",
        "a..io",
    ],
)
def test_a_domain_is_a_name_in_lower_case_without_a_scheme(mistakes: "Mistakes", name: str) -> None:
    domain = f"{{name: '{name}', certificate: '{CERTIFICATE}'}}"
    assert mistakes(f"domain: {domain}\nsources: {{stripe: {{provider: stripe}}}}\n") == [
        (
            f"hookline.yaml:1: domain.name: {name!r} is no domain name: "
            "write it in lower case and without https://, as in hooks.example.com"
        )
    ]


@pytest.mark.parametrize(
    "arn",
    [
        "0a1b2c3d",
        "arn:aws:iam::123456789012:server-certificate/x",
        CERTIFICATE.replace("123456789012", "123"),
    ],
)
def test_a_domains_certificate_is_one_of_acm(mistakes: "Mistakes", arn: str) -> None:
    domain = f"{{name: hooks.example.com, certificate: '{arn}'}}"
    assert mistakes(f"domain: {domain}\nsources: {{stripe: {{provider: stripe}}}}\n") == [
        (
            f"hookline.yaml:1: domain.certificate: {arn!r} is no ARN of a certificate in ACM, "
            "as in arn:aws:acm:eu-central-1:123456789012:certificate/…"
        )
    ]


def test_a_domain_without_a_certificate_is_told(mistakes: "Mistakes") -> None:
    text = "domain: {name: hooks.example.com}\nsources: {stripe: {provider: stripe}}\n"
    assert mistakes(text) == [
        (
            "hookline.yaml:1: domain.certificate: is missing. "
            "The ARN of its certificate in ACM, in the gateway's own region."
        )
    ]


def test_a_domain_and_a_public_url_are_one_too_many(mistakes: "Mistakes") -> None:
    text = f"""
        domain: {{name: hooks.example.com, certificate: "{CERTIFICATE}"}}
        public_url: https://hooks.example.com
        sources: {{stripe: {{provider: stripe}}}}
    """
    assert mistakes(text) == [
        (
            "hookline.yaml:2: public_url: providers reach the gateway at https://hooks.example.com, as "
            "`domain` says: leave public_url out, or domain if something else answers for that name"
        )
    ]


@pytest.mark.parametrize("name", ["Stripe", "1a", "a_b", "a" * 41, "-a"])
def test_names_are_short_lower_case_and_begin_with_a_letter(mistakes: "Mistakes", name: str) -> None:
    text = (
        f"sources:\n  stripe: {{provider: stripe}}\nsubscribers:\n  {name}: {{events: {{}}, queue: {{}}}}\n"
    )
    assert mistakes(text) == [f"hookline.yaml:4: subscribers.{name}: {name!r} {NAME}"]
    assert mistakes(f"sources:\n  {name}: {{provider: stripe}}\n") == [
        f"hookline.yaml:2: sources.{name}: {name!r} {NAME}"
    ]


@pytest.mark.parametrize(
    ("alarms", "expected"),
    [
        (
            "{mail: a@b.io}",
            ".mail: unknown option 'mail': did you mean 'email'? Allowed: conflicts, email, pagerduty, slack",
        ),
        ("{conflicts: 1}", ".conflicts: expected true or false, found 1"),
        ("{email: ops@example.com}", ".email: expected a list, found 'ops@example.com'"),
        ("{email: [ops]}", ".email.0: 'ops' is no e-mail address: write it as in ops@example.com"),
        ("{email: [a@b.io, a@b.io]}", ".email: an address stands twice"),
        ("{slack: C0123ABCD}", ".slack: expected options, as in {name: value}, found 'C0123ABCD'"),
        ("{slack: {channel: C0123ABCD}}", ".slack.workspace: is missing. The workspace's id"),
        (
            "{slack: {workspace: T0123ABCD, channel: '#ops'}}",
            ".slack.channel: '#ops' is no channel's id: it begins with C, or G, as in C0123ABCD",
        ),
        (
            "{slack: {workspace: acme, channel: C0123ABCD}}",
            ".slack.workspace: 'acme' is no workspace's id: it begins with T, as in T0123ABCD",
        ),
        (
            "{pagerduty: 'https://events.pagerduty.com/integration/x/enqueue'}",
            ".pagerduty: 'https://events.pagerduty.com/integration/x/enqueue' is no name of a secret",
        ),
        ("", ": expected options, as in {name: value}, found nothing"),
    ],
)
def test_who_is_told_of_alarms(mistakes: "Mistakes", alarms: str, expected: str) -> None:
    (mistake,) = mistakes(f"alarms: {alarms}\nsources: {{stripe: {{provider: stripe}}}}\n")
    assert mistake.startswith(f"hookline.yaml:1: alarms{expected}")


def test_an_unknown_section_is_told_with_the_nearest_one(mistakes: "Mistakes") -> None:
    assert mistakes("source: {}\nsources: {stripe: {provider: stripe}}\n") == [
        (
            "hookline.yaml:1: source: unknown option 'source': did you mean 'sources'? "
            "Allowed: alarms, domain, public_url, quarantine, sources, subscribers"
        )
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "hookline.yaml:1: sources: is missing. The endpoints, by name."),
        ("sources: {}\n", "hookline.yaml:1: sources: at least one is needed, found {}"),
        (
            "sources: {stripe: {provider: stripe}}\nquarantine: true\n",
            "hookline.yaml:2: quarantine: expected options, as in {name: value}, found true",
        ),
        (
            "sources: {stripe: {provider: stripe}}\nquarantine:\n",
            "hookline.yaml:2: quarantine: expected false, or options as in {keep: 7d}; found nothing",
        ),
        (
            "sources: {stripe: {provider: stripe}}\nquarantine: {keep: 15d}\n",
            "hookline.yaml:2: quarantine.keep: 15d is out of range: from 1d to 14d",
        ),
        (
            "sources: [stripe]\n",
            "hookline.yaml:1: sources: expected options, as in {name: value}, found a list",
        ),
        ("- a\n", "hookline.yaml: expected sources and subscribers at its top, found a list"),
    ],
)
def test_a_file_without_sources_is_refused(mistakes: "Mistakes", text: str, expected: str) -> None:
    assert mistakes(text) == [expected]


def test_two_sources_do_not_share_a_path(mistakes: "Mistakes") -> None:
    text = """
        sources:
          stripe: {provider: stripe}
          stripe-eu:
            provider: stripe
            path: /stripe
    """
    assert mistakes(text) == [
        (
            "hookline.yaml:5: sources.stripe-eu.path: "
            "'/stripe' is the path of source 'stripe' too: choose another"
        )
    ]


def test_all_throttles_together_fit_the_account(mistakes: "Mistakes") -> None:
    lines = [f"  s{n}: {{provider: stripe, throttle: {{rate: 3000}}}}" for n in range(4)]
    assert mistakes("\n".join(["sources:", *lines])) == [
        (
            "hookline.yaml:1: sources: throttle.rate of all sources is 12000 a second together: "
            "the account's HTTP APIs have 10000: lower it where less comes"
        )
    ]


def test_all_sources_together_have_at_most_300_routes(mistakes: "Mistakes") -> None:
    # Twilio has two routes a source.
    lines = [f"  s{n}: {{provider: twilio, throttle: {{rate: 1}}}}" for n in range(151)]
    assert mistakes("\n".join(["sources:", *lines])) == [
        "hookline.yaml:1: sources: 302 routes, one a source and method: an HTTP API has at most 300"
    ]


def test_at_most_300_subscribers_have_a_rule(mistakes: "Mistakes") -> None:
    lines = [f"  s{n}: {{events: {{}}, queue: {{}}}}" for n in range(301)]
    assert mistakes("\n".join(["sources: {a: {provider: stripe}}", "subscribers:", *lines])) == [
        "hookline.yaml:2: subscribers: 301 subscribers, each with a rule: a bus has at most 300"
    ]


def test_a_rule_s_pattern_fits_eventbridge(mistakes: "Mistakes") -> None:
    types = ", ".join(f"{'x' * 100}{n}" for n in range(20))
    subscriber = f"audit: {{events: {{type: [{types}]}}, queue: {{}}}}"
    text = f"sources: {{a: {{provider: stripe}}}}\nsubscribers:\n  {subscriber}\n"
    (line,) = mistakes(text)
    assert line.startswith("hookline.yaml:3: subscribers.audit.events: its rule's pattern has 2")
    assert line.endswith("EventBridge takes 2048: name fewer sources, types or values")


def test_all_mistakes_are_told_at_once_in_the_order_of_their_lines(mistakes: "Mistakes") -> None:
    text = """
        sources:
          stripe:
            provider: strpe
            retention: 1d
          github: {provider: github, tolerance: 5m}
        subscribers:
          audit:
            events: {source: [strip, nobody], type: []}
            function: paymens
    """
    found = [line.split(": ", 2)[:2] for line in mistakes(text)]
    assert found == [
        ["hookline.yaml:3", "sources.stripe.provider"],
        ["hookline.yaml:4", "sources.stripe.retention"],
        ["hookline.yaml:5", "sources.github.tolerance"],
        ["hookline.yaml:8", "subscribers.audit.events.source.0"],
        ["hookline.yaml:8", "subscribers.audit.events.source.1"],
        ["hookline.yaml:8", "subscribers.audit.events.type"],
        ["hookline.yaml:9", "subscribers.audit.function"],
    ]


def test_a_file_that_is_not_there_is_told_by_its_path(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"none\.yaml: cannot be read: No such file or directory"):
        load(tmp_path / "none.yaml")
