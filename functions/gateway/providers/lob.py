"""Lob. https://help.lob.com/print-and-mail/getting-data-and-results/using-webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="lob",
    title="Lob",
    confidence="registry+",
    proof="public registries of webhook signatures that agree",
    docs="https://help.lob.com/print-and-mail/getting-data-and-results/using-webhooks",
    # Descriptions differ on the timestamp's unit, so that its age is not checked.
    schemes=(
        Hmac(
            header="Lob-Signature",
            content="{timestamp}.{body}",
            timestamp_header="Lob-Signature-Timestamp",
            timestamp_unit="s-or-ms",
            tolerance=0,
        ),
    ),
    secret="the webhook's secret: Lob dashboard > Webhooks > the webhook",
    id=("json:id",),
    id_signed=True,
    type=("json:event_type.id",),
)
