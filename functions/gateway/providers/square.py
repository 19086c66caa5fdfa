"""Square. https://developer.squareup.com/docs/webhooks/step3validate"""

from gateway.providers.schema import Fields, Provider

PROVIDER = Provider(
    name="square",
    title="Square",
    confidence="sdk",
    proof="squareup 46.0.0 webhooks_helper; npm square 46.0.0 WebhooksHelper",
    docs="https://developer.squareup.com/docs/webhooks/step3validate",
    # Not x-square-signature: it is SHA-1, sent for old receivers.
    schemes=(
        Fields(signature="header:x-square-hmacsha256-signature", content="{url}{body}", encoding="base64"),
    ),
    secret="the subscription's signature key: Square Developer Console > the application > Webhooks",
    id=("json:event_id",),
    id_signed=True,
    type=("json:type",),
    retries_for=72 * 3600,
    answer_within=10,
    notes=("Square signs the public URL: it must be given the URL that Hookline prints.",),
)
