"""Twilio, signing with a shared key in place of the auth token (a public beta).

https://www.twilio.com/docs/usage/webhooks/webhooks-security
"""

from gateway.providers.schema import Answer, Provider, UrlForm

PROVIDER = Provider(
    name="twilio-shared-key",
    title="Twilio, shared keys",
    confidence="sdk",
    proof="twilio 9.13.0 request_validator.get_signature_algorithm",
    docs="https://www.twilio.com/docs/usage/webhooks/webhooks-security",
    # The settings header is not signed: it must agree with what is configured, and decides nothing.
    schemes=(
        UrlForm(
            header="X-Twilio-Signature",
            hash="sha256",
            body_hash_parameter="bodySHA256",
            settings_header="X-Twilio-Webhooks-Signature-Settings",
        ),
    ),
    secret="the shared key's secret: console.twilio.com > Account > API keys & tokens",
    settings={
        "hash": "the algorithm that the shared key signs with: sha256, which it is if left out, or sha1",
        "key_id": "the shared key's id; any, if left out",
    },
    # The token stays the same over Twilio's retries. A call has no such pair as a message: its status recurs.
    id=(
        "header:I-Twilio-Idempotency-Token",
        "form:MessageSid+form:MessageStatus",
        "form:MessageSid+form:SmsStatus",
        "query:MessageSid+query:MessageStatus",
        "query:MessageSid+query:SmsStatus",
    ),
    type=(
        "form:MessageStatus",
        "form:SmsStatus",
        "form:CallStatus",
        "query:MessageStatus",
        "query:SmsStatus",
        "query:CallStatus",
    ),
    methods=("POST", "GET"),
    # TwiML that does nothing: an empty body of another type is an error in Twilio's debugger.
    answer=Answer(content_type="text/xml", body="<Response/>"),
    notes=(
        "Twilio signs the public URL: it must be given the URL that Hookline prints, query string included.",
        "The signature has no timestamp; the idempotency token is a header that it does not cover.",
        "Nothing stands between the fields that are signed: one of them can swallow the next.",
        "For an incoming call the empty answer hangs up.",
    ),
)
