"""Polar. https://polar.sh/docs/integrate/webhooks/delivery"""

from gateway.providers.schema import Provider, StandardWebhooks

PROVIDER = Provider(
    name="polar",
    title="Polar",
    confidence="sdk",
    proof="polar-sdk, Python: webhooks.validate_event",
    docs="https://polar.sh/docs/integrate/webhooks/delivery",
    # The key is the secret's text, or with newer secrets what whsec_ is followed by: its library tries both.
    schemes=(StandardWebhooks(key="either"),),
    secret="the endpoint's secret as it is shown: Polar > the organization's Settings > Webhooks",
    id=("header:webhook-id",),
    id_signed=True,
    type=("json:type",),
    answer_within=10,
    notes=("After ten failures in a row Polar switches the endpoint off.",),
)
