"""Twilio. https://www.twilio.com/docs/usage/webhooks/webhooks-security"""

from gateway.providers.schema import Answer, Provider, UrlForm

PROVIDER = Provider(
    name="twilio",
    title="Twilio",
    confidence="sdk",
    proof="twilio RequestValidator",
    docs="https://www.twilio.com/docs/usage/webhooks/webhooks-security",
    schemes=(UrlForm(header="X-Twilio-Signature", body_hash_parameter="bodySHA256"),),
    secret="the account's auth token: console.twilio.com > Account > API keys & tokens > Auth Tokens",
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
