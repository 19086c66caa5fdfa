"""Mailchimp Transactional (Mandrill).

https://mailchimp.com/developer/transactional/guides/track-respond-activity-webhooks/
"""

from gateway.providers.schema import Handshake, Provider, UrlForm

_EMPTY = (("form:mandrill_events", "[]"),)

PROVIDER = Provider(
    name="mandrill",
    title="Mailchimp Transactional (Mandrill)",
    confidence="docs",
    proof="Mailchimp documentation, Authenticating webhook requests",
    docs="https://mailchimp.com/developer/transactional/guides/track-respond-activity-webhooks/",
    schemes=(UrlForm(header="X-Mandrill-Signature", style="plain"),),
    secret="the webhook's key: Mandrill > Settings > Webhooks > the webhook > View key",
    id=("json:_id+::+json:event+::+json:ts",),
    id_signed=True,
    type=("json:event",),
    items="form:mandrill_events>json:",
    # Before a webhook has a key of its own it is tried out: with HEAD, else with no events and a key that
    # everybody has.
    handshakes=(
        Handshake(methods=("HEAD",), unsigned=True),
        Handshake(methods=("POST",), where=_EMPTY, known_key="test-webhook"),
        Handshake(methods=("POST",), where=_EMPTY),
    ),
    notes=(
        "Mandrill signs the public URL: it must be given the URL that Hookline prints, byte for byte.",
        "Nothing stands between the fields that are signed: one of them can swallow the next.",
    ),
)
