"""Synctera. https://dev.synctera.com/docs/webhooks-guide"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="synctera",
    title="Synctera",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://dev.synctera.com/docs/webhooks-guide",
    # While the secret is rotated there are two signatures, joined by a dot.
    schemes=(
        Hmac(
            header="Synctera-Signature",
            separator=".",
            content="{timestamp}.{body}",
            timestamp_header="Request-Timestamp",
        ),
    ),
    secret="the webhook signing secret, which Synctera answers with when it is created",
    id=("json:id",),
    id_signed=True,
    type=("json:type",),
    retries_for=55 * 3600,
    answer_within=5,
)
