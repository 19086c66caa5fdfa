"""Akeneo PIM. https://api.akeneo.com/events-documentation/subscription.html"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="akeneo",
    title="Akeneo PIM",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://api.akeneo.com/events-documentation/subscription.html",
    schemes=(
        Hmac(
            header="x-akeneo-request-signature",
            content="{timestamp}.{body}",
            timestamp_header="x-akeneo-request-timestamp",
        ),
    ),
    secret=(
        "the client secret of the connection that subscribes to events: Akeneo > Connect > Connection "
        "settings"
    ),
    id=("json:event_id",),
    id_signed=True,
    type=("json:action",),
    items="json:events",
    retries_for=0,
    notes=("Akeneo waits half a second for its answer and does not retry.",),
)
