"""Sentry. https://docs.sentry.io/organization/integrations/integration-platform/webhooks/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="sentry",
    title="Sentry",
    confidence="docs",
    proof="Sentry documentation, Webhooks, and its example application",
    docs="https://docs.sentry.io/organization/integrations/integration-platform/webhooks/",
    schemes=(Hmac(header="Sentry-Hook-Signature", more_headers=("Sentry-App-Signature",)),),
    secret=(
        "the integration's client secret: Sentry > Settings > Developer Settings > Custom "
        "Integrations > the integration"
    ),
    id=("header:Request-ID",),
    type=("header:Sentry-Hook-Resource",),
    notes=("Request-ID, resource and timestamp are headers that the signature does not cover.",),
)
