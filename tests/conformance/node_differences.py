"""Where the official SDKs for Node and we disagree: by SDK, each kind of alteration and why."""

from collections.abc import Mapping


def _needed(family: str) -> list[str]:
    """What is done to the headers that Shopify's SDK wants to see."""
    names = ("topic", "shop-domain", "api-version", "webhook-id")
    return [f"{family}-{name} {how}" for name in names for how in ("missing", "empty")]


_AGE = "the moment that is signed has to be near, which the SDK leaves to its caller"
_BYTES = "the body's own bytes are what is signed; the SDK reads the JSON and writes it anew"
_CERTIFICATE = "a certificate of SNS's has a name that is SNS's"
_EXACT = "hex and base64 count as they are written: in lower case, with all their padding, nothing after it"
_EXPIRED = "a token that has run out is none any more"
_FUTURE = "the tolerance holds in both directions"
_HASH = "the token holds the body's hash, which the SDK leaves to its caller"
_ISSUED = "a token that is issued in time to come is none yet"
_LISTED = "the list of the headers that are signed counts as it is written"
_NAMES = "the members of a header go by their names, not by their places"
_ONCE = "a header that is there twice, or a field of it, is no one's"
_UNCOVERED = "a header that the signature does not cover says nothing of who sent it"
_UTF_8 = "JSON is UTF-8"
_VERSION = "a signature counts for the version that stands before it"

STRICTER: Mapping[str, Mapping[str, str]] = {
    "@adyen/api-library adyen-platform": {
        "hmacsignature cut short": _EXACT,
        "hmacsignature doubled": _ONCE,
    },
    "@line/bot-sdk": {
        "x-line-signature cut short": _EXACT,
        "x-line-signature doubled": _ONCE,
    },
    "gocardless-nodejs": {
        "webhook-signature doubled": _ONCE,
        "webhook-signature in the other case": _EXACT,
    },
    "@onfido/api": {
        "x-sha2-signature doubled": _ONCE,
        "x-sha2-signature in the other case": _EXACT,
    },
    "@nangohq/node": {
        "x-nango-hmac-sha256 in the other case": _EXACT,
    },
    "pusher": {
        "a day early": _AGE,
        "a day late": _AGE,
    },
    "@unit-finance/unit-node-sdk": {
        "body with a byte more": _BYTES,
    },
    "smartcar": {
        "body with a byte more": _BYTES,
    },
    "chargebee": {
        "authorization cut short": _EXACT,
    },
    "stripe": {
        "a day early": _FUTURE,
        "six minutes early": _FUTURE,
        "stripe-signature doubled": _ONCE,
    },
    "@paddle/paddle-node-sdk": {
        "a day early": _FUTURE,
        "six minutes early": _FUTURE,
    },
    "@mux/mux-node": {
        "a day early": _FUTURE,
        "mux-signature doubled": _ONCE,
        "six minutes early": _FUTURE,
    },
    "@workos-inc/node": {
        "a day early": _FUTURE,
        "six minutes early": _FUTURE,
        "workos-signature doubled": _ONCE,
        "workos-signature with a bit changed": _NAMES,
        "workos-signature without its beginning": _NAMES,
    },
    "@contentful/node-apps-toolkit": {
        "a day early": _FUTURE,
        "six minutes early": _FUTURE,
        "x-contentful-signed-headers cut short": _LISTED,
        "x-contentful-signed-headers halved": _LISTED,
        "x-contentful-signed-headers with a bit changed": _LISTED,
        "x-contentful-timestamp doubled": _ONCE,
    },
    "webflow-api": {
        "a day early": _AGE,
        "a day late": _AGE,
        "six minutes early": _AGE,
        "six minutes late": _AGE,
    },
    "@hygraph/utils": {
        "a day early": _AGE,
        "a day late": _AGE,
        "gcms-signature doubled": _ONCE,
        "six minutes early": _AGE,
        "six minutes late": _AGE,
    },
    "@slack/bolt": {
        "a day early": _FUTURE,
        "six minutes early": _FUTURE,
    },
    "@slack/bolt with a form": {
        "a day early": _FUTURE,
        "six minutes early": _FUTURE,
    },
    "retell-sdk": {
        "x-retell-signature in the other case": _EXACT,
    },
    "customerio-node": {
        "a day early": _AGE,
        "a day late": _AGE,
        "six minutes early": _AGE,
        "six minutes late": _AGE,
    },
    "@zoom/rivet": {
        "a day early": _AGE,
        "a day late": _AGE,
        "body with a byte more": _BYTES,
        "six minutes early": _AGE,
        "six minutes late": _AGE,
    },
    "hook0-client": {
        "x-hook0-signature doubled": _ONCE,
    },
    "crisp-api": {
        "a day early": _AGE,
        "a day late": _AGE,
        "body with a byte more": _BYTES,
        "six minutes early": _AGE,
        "six minutes late": _AGE,
    },
    "cloudinary": {
        "a day early": _FUTURE,
    },
    "cloudinary cloudinary-sha256": {
        "a day early": _FUTURE,
    },
    "svix": {
        "svix-signature doubled": _ONCE,
        "svix-timestamp doubled": _ONCE,
    },
    "standardwebhooks": {
        "webhook-signature doubled": _ONCE,
        "webhook-timestamp doubled": _ONCE,
    },
    "@polar-sh/sdk": {
        "webhook-signature cut short": _EXACT,
        "webhook-signature doubled": _ONCE,
    },
    "resend": {
        "svix-signature doubled": _ONCE,
        "svix-timestamp doubled": _ONCE,
    },
    "replicate": {
        "a day early": _AGE,
        "a day late": _AGE,
        "six minutes early": _AGE,
        "six minutes late": _AGE,
        "webhook-signature doubled": _ONCE,
        "webhook-signature with a bit changed": _VERSION,
        "webhook-signature without its beginning": _VERSION,
    },
    "lithic": {
        "webhook-signature doubled": _ONCE,
        "webhook-timestamp doubled": _ONCE,
    },
    "@tryfinch/finch-api": {
        "finch-signature doubled": _ONCE,
        "finch-timestamp doubled": _ONCE,
    },
    "@clerk/backend": {
        "svix-signature doubled": _ONCE,
        "svix-timestamp doubled": _ONCE,
    },
    "dodopayments": {
        "webhook-signature doubled": _ONCE,
        "webhook-timestamp doubled": _ONCE,
    },
    "@adyen/api-library": {
        "a bit of the body": _UTF_8,
    },
    "mercadopago": {
        "x-signature doubled": _ONCE,
    },
    "google-auth-library": {
        "six minutes late": _EXPIRED,
    },
    "@vonage/jwt": {
        "a bit of the body": _HASH,
        "a day early": _ISSUED,
        "body missing": _HASH,
        "body with a byte more": _HASH,
        "six minutes early": _ISSUED,
    },
    "atlassian-jwt": {
        "a day early": _ISSUED,
        "six minutes early": _ISSUED,
    },
    "@sendgrid/eventwebhook": {
        "x-twilio-email-event-webhook-signature cut short": _EXACT,
        "x-twilio-email-event-webhook-signature doubled": _ONCE,
    },
    "discord-interactions": {
        "x-signature-ed25519 cut short": _EXACT,
        "x-signature-ed25519 in the other case": _EXACT,
    },
    "event-notification-nodejs-sdk": {
        "body with a byte more": _BYTES,
        "x-ebay-signature cut short": _EXACT,
        "x-ebay-signature doubled": _ONCE,
    },
    "sns-validator": {
        "a bit of the body": _CERTIFICATE,
    },
}

LOOSER: Mapping[str, Mapping[str, str]] = {
    "@shopify/shopify-api": dict.fromkeys(_needed("shopify"), _UNCOVERED),
    "@shopify/shopify-api X-Shopify": dict.fromkeys(_needed("x-shopify"), _UNCOVERED),
}
