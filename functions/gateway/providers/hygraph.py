"""Hygraph. https://hygraph.com/docs/api-reference/basics/webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="hygraph",
    title="Hygraph",
    confidence="sdk",
    proof="@hygraph/utils: verifyWebhookSignature",
    docs="https://hygraph.com/docs/api-reference/basics/webhooks",
    schemes=(
        Hmac(
            header="gcms-signature",
            encoding="base64",
            content=('{"Body":{body_as_json},"EnvironmentName":{field_as_json:env},"TimeStamp":{timestamp}}'),
            signature_field="sign",
            timestamp_field="t",
            timestamp_unit="ms",
            beside="env=master",
            shape="sign={signature}, env=master, t={timestamp}",
        ),
    ),
    secret="the webhook's secret key: Hygraph > Project settings > Webhooks > the webhook",
    type=("json:operation",),
)
