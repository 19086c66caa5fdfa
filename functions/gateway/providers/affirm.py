"""Affirm. https://docs.affirm.com/developers/docs/webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="affirm",
    title="Affirm",
    confidence="registry+",
    proof="public registries of webhook signatures that agree",
    docs="https://docs.affirm.com/developers/docs/webhooks",
    schemes=(
        Hmac(
            header="X-Affirm-Signature",
            hash="sha512",
            content="{timestamp}.{body}",
            signature_field="v0",
            timestamp_field="t",
        ),
    ),
    secret="the webhook's secret, as Affirm hands it out with the subscription",
    type=("json:event_type", "form:event_type"),
    notes=("Affirm publishes no tolerance for the timestamp.",),
)
