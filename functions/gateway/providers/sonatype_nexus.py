"""Sonatype Nexus Repository. https://help.sonatype.com/en/working-with-hmac-payloads.html"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="sonatype-nexus",
    title="Sonatype Nexus Repository",
    confidence="registry+",
    proof="public registries of webhook signatures that agree",
    docs="https://help.sonatype.com/en/working-with-hmac-payloads.html",
    schemes=(Hmac(header="X-Nexus-Webhook-Signature", hash="sha1"),),
    secret=(
        "the secret key that you enter for the webhook capability: Nexus > Administration > System > "
        "Capabilities"
    ),
    id=("header:X-Nexus-Webhook-Delivery",),
    type=("header:X-Nexus-Webhook-Id",),
    notes=(
        "Nexus signs with SHA-1 and nothing else.",
        "Delivery and webhook are headers that the signature does not cover.",
    ),
)
