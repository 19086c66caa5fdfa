"""Exact Online. https://support.exactonline.com/community/s/knowledge-base"""

from gateway.providers.schema import Fields, Handshake, Provider

PROVIDER = Provider(
    name="exact-online",
    title="Exact Online",
    confidence="registry",
    proof="one open registry, recomputed on a delivery",
    docs="https://support.exactonline.com/community/s/knowledge-base#All-All-DNO-Content-webhooksc",
    schemes=(Fields(signature="json:HashCode", content="{raw:Content}", upper=True),),
    secret="the app's webhook secret: Exact Online App Centre > Manage my apps > the app",
    type=("json:Content.Topic+json:Content.Action",),
    # Right after a subscription is made.
    handshakes=(Handshake(methods=("POST",), unsigned=True, bodiless=True),),
)
