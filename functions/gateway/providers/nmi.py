"""NMI. https://docs.nmi.com/docs/webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="nmi",
    title="NMI",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://docs.nmi.com/docs/webhooks",
    # What stands as `t` is a nonce and no moment.
    schemes=(
        Hmac(
            header="Webhook-Signature",
            content="{timestamp}.{body}",
            signature_field="s",
            timestamp_field="t",
            timestamp_unit="nonce",
            tolerance=0,
        ),
    ),
    secret="the webhook's signing key: Merchant Portal > Settings > Webhooks",
    id=("json:event_id",),
    id_signed=True,
    type=("json:event_type",),
)
