"""Mollie. https://docs.mollie.com/reference/webhooks-new"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="mollie",
    title="Mollie",
    confidence="sdk",
    proof="mollie-api-py 1.10.20 and mollie-api-php SignatureValidator",
    docs="https://docs.mollie.com/reference/webhooks-new",
    schemes=(Hmac(header="X-Mollie-Signature", prefix="sha256=", prefix_optional=True),),
    secret="the webhook's signing secret, shown once when it is created: Mollie > Developers > Webhooks",
    id=("json:id",),
    id_signed=True,
    type=("json:type",),
    answer_within=15,
    notes=("Classic webhooks, a form with an id alone, are not signed and are refused.",),
)
