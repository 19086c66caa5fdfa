"""Faundit. https://docs.faundit.com/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="faundit",
    title="Faundit",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://docs.faundit.com/",
    # X-Faundit-Signature covers the timestamp alone, and counts for nothing.
    schemes=(
        Hmac(
            header="X-Faundit-Signature-Next",
            content="v1:{timestamp}:{body}",
            timestamp_header="X-Faundit-Timestamp",
        ),
    ),
    secret="the signing secret of the webhook in Faundit",
    id=("json:data.id",),
    id_signed=True,
    recurs=True,
    type=("json:event-type",),
    notes=("The id is that of the object, which comes with each of its events.",),
)
