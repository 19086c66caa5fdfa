"""Solidgate. https://docs.solidgate.com/payments/integrate/webhooks/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="solidgate",
    title="Solidgate",
    confidence="sdk",
    proof="@solidgate/node-sdk: the signature of its requests",
    docs="https://docs.solidgate.com/payments/integrate/webhooks/",
    schemes=(
        Hmac(
            header="signature",
            hash="sha512",
            encoding="base64-of-hex",
            content="{header:merchant}{body}{header:merchant}",
            key_id_header="merchant",
        ),
    ),
    secret="the webhook secret key (wh_sk_…): Solidgate Hub > Developers > Channels",
    id=("header:solidgate-event-id",),
    type=("header:solidgate-event-type",),
    retries_for=86_400,
    answer_within=30,
    settings={"key_id": "the webhook public key (wh_pk_…), which Solidgate sends as `merchant`"},
    required=("key_id",),
    notes=("Event id and type are headers that the signature does not cover.",),
)
