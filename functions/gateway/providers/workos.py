"""WorkOS. https://workos.com/docs/events/data-syncing/webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="workos",
    title="WorkOS",
    confidence="sdk",
    proof="workos Python library verify_header",
    docs="https://workos.com/docs/events/data-syncing/webhooks",
    schemes=(
        Hmac(
            header="WorkOS-Signature",
            content="{timestamp}.{body}",
            signature_field="v1",
            timestamp_field="t",
            # Their library takes no list without the space.
            separator=", ",
            timestamp_unit="ms",
            tolerance=180,
        ),
    ),
    secret="the endpoint's signing secret: WorkOS dashboard > Webhooks > the endpoint",
    id=("json:id",),
    id_signed=True,
    type=("json:event",),
)
