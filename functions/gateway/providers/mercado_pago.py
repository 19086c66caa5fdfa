"""Mercado Pago. https://www.mercadopago.com/developers/en/docs/your-integrations/notifications/webhooks"""

from gateway.providers.schema import Fields, Provider

PROVIDER = Provider(
    name="mercado-pago",
    title="Mercado Pago",
    confidence="sdk",
    proof="mercadopago, Python: WebhookSignatureValidator",
    docs="https://www.mercadopago.com/developers/en/docs/your-integrations/notifications/webhooks",
    schemes=(
        Fields(
            signature="part:x-signature.v1",
            content=(
                "[id:{lower:query:data.id};][request-id:{header:x-request-id};]ts:{part:x-signature.ts};"
            ),
            # Seconds or milliseconds, as the product will have it: its age says nothing.
            timestamp="part:x-signature.ts",
        ),
    ),
    secret="the secret signature: Mercado Pago > Your integrations > the application > Webhooks",
    id=("header:x-request-id",),
    id_signed=True,
    type=("json:type", "json:action"),
    notes=("The body is not signed, only the id in the query: fetch the resource from the API.",),
)
