"""Google Gemini API. https://ai.google.dev/gemini-api/docs/webhooks"""

from gateway.providers.schema import Provider, StandardWebhooks

PROVIDER = Provider(
    name="google-gemini",
    title="Google Gemini API",
    confidence="registry+",
    proof="Gemini API documentation, Webhooks; Hookdeck's skill",
    docs="https://ai.google.dev/gemini-api/docs/webhooks",
    schemes=(StandardWebhooks(),),
    secret="the webhook's signing secret (whsec_…), which the API shows once, when the webhook is made",
    id=("header:webhook-id",),
    id_signed=True,
    type=("json:type",),
    retries_for=86_400,
    notes=("Only static webhooks are verified: those named in a single request carry a signed JWT instead.",),
)
