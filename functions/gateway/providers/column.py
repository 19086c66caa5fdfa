"""Column. https://docs.column.com/guides/event-webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="column",
    title="Column",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://docs.column.com/guides/event-webhooks",
    schemes=(Hmac(header="Column-Signature"),),
    secret="the endpoint's secret: Column dashboard > Platform > Webhooks > the endpoint",
    id=("json:id",),
    id_signed=True,
    type=("json:type",),
)
