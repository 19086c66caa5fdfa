"""Recurly. https://docs.recurly.com/recurly-subscriptions/docs/signature-verification"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="recurly",
    title="Recurly",
    confidence="docs",
    proof="recurly-client-ruby Recurly::Webhooks",
    docs="https://docs.recurly.com/recurly-subscriptions/docs/signature-verification",
    # The timestamp, then one signature for each key that is active.
    schemes=(
        Hmac(
            header="recurly-signature",
            separator=",",
            timestamp_first=True,
            timestamp_unit="s-or-ms",
            content="{timestamp}.{body}",
        ),
    ),
    secret="the endpoint's secret key: Recurly > Integrations > Webhooks > the endpoint",
    type=("json:object_type+json:event_type",),
    notes=("XML webhooks are not signed: choose JSON.",),
)
