"""Vercel. https://vercel.com/docs/webhooks/webhooks-api"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="vercel",
    title="Vercel",
    confidence="docs",
    proof="Vercel documentation, Webhooks API",
    docs="https://vercel.com/docs/webhooks/webhooks-api",
    schemes=(Hmac(header="x-vercel-signature", hash="sha1"),),
    secret="the webhook's secret, shown once when it is created, or the integration's client secret",
    id=("json:id",),
    id_signed=True,
    type=("json:type",),
    notes=(
        "Vercel signs with SHA-1 and nothing else.",
        "Webhooks of an integration are signed with the integration's client secret.",
    ),
)
