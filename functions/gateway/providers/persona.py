"""Persona. https://docs.withpersona.com/webhooks-best-practices"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="persona",
    title="Persona",
    confidence="docs",
    proof="Persona documentation, Webhooks best practices",
    docs="https://docs.withpersona.com/webhooks-best-practices",
    # While the secret is rotated there are two lists, each with a timestamp of its own.
    schemes=(
        Hmac(
            header="Persona-Signature",
            sets=True,
            content="{timestamp}.{body}",
            signature_field="v1",
            timestamp_field="t",
        ),
    ),
    secret="the webhook's secret: Persona dashboard > Webhooks > the webhook",
    id=("json:data.id",),
    id_signed=True,
    type=("json:data.attributes.name",),
)
