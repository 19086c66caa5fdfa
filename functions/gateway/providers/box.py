"""Box. https://developer.box.com/guides/webhooks/v2/signatures-v2/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="box",
    title="Box",
    confidence="sdk",
    proof="box-node-sdk validateMessage",
    docs="https://developer.box.com/guides/webhooks/v2/signatures-v2/",
    schemes=(
        Hmac(
            header="BOX-SIGNATURE-PRIMARY",
            more_headers=("BOX-SIGNATURE-SECONDARY",),
            encoding="base64",
            content="{body}{timestamp}",
            timestamp_header="BOX-DELIVERY-TIMESTAMP",
            timestamp_unit="rfc3339",
            tolerance=600,
            expects=(("BOX-SIGNATURE-VERSION", "1"), ("BOX-SIGNATURE-ALGORITHM", "HmacSHA256")),
        ),
    ),
    secret=(
        "the primary and the secondary signature key, each as a key of its own: Box Developer Console "
        "> the app > Webhooks > Manage signature keys"
    ),
    id=("json:id",),
    id_signed=True,
    type=("json:trigger",),
    retries_for=2 * 3600,
    answer_within=30,
    notes=("BOX-DELIVERY-ID changes with each attempt: the body's id is the event's.",),
)
