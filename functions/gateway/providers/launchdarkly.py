"""LaunchDarkly. https://launchdarkly.com/docs/home/infrastructure/webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="launchdarkly",
    title="LaunchDarkly",
    confidence="registry+",
    proof="public registries of webhook signatures that agree",
    docs="https://launchdarkly.com/docs/home/infrastructure/webhooks",
    schemes=(Hmac(header="X-LD-Signature"),),
    secret="the webhook's secret: LaunchDarkly > Integrations > Webhooks > the webhook",
    id=("json:_id",),
    id_signed=True,
    type=("json:kind+json:titleVerb", "json:kind"),
)
