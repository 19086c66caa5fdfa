"""Snyk. https://docs.snyk.io/snyk-api/using-specific-snyk-apis/webhooks-apis/validating-payloads"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="snyk",
    title="Snyk",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://docs.snyk.io/snyk-api/using-specific-snyk-apis/webhooks-apis/validating-payloads",
    schemes=(Hmac(header="X-Hub-Signature", prefix="sha256="),),
    secret="the secret that you gave when the webhook was created",
    type=("header:X-Snyk-Event",),
)
