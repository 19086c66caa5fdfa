"""Port. https://docs.port.io/actions-and-automations/setup-backend/webhook/signature-verification"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="port-io",
    title="Port",
    confidence="docs",
    proof="Port documentation, Webhook signature verification",
    docs="https://docs.port.io/actions-and-automations/setup-backend/webhook/signature-verification",
    schemes=(
        Hmac(
            header="X-Port-Signature",
            encoding="base64",
            prefix="v1,",
            content="{timestamp}.{body}",
            timestamp_header="X-Port-Timestamp",
        ),
    ),
    secret="the organisation's client secret: Port > Credentials",
    id=("json:context.runId",),
    id_signed=True,
    type=("json:action", "json:payload.action.identifier", "json:payload.action"),
)
