"""Vercel Log Drains. https://vercel.com/docs/drains/security"""

from gateway.providers.schema import Handshake, Hmac, Provider

PROVIDER = Provider(
    name="vercel-log-drains",
    title="Vercel Log Drains",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://vercel.com/docs/drains/security",
    schemes=(Hmac(header="x-vercel-signature", hash="sha1"),),
    secret="the drain's signature verification secret: Vercel > Team Settings > Drains",
    id=("json:id",),
    id_signed=True,
    type=("json:source",),
    items="json:",
    handshakes=(
        Handshake(
            methods=("POST",),
            unsigned=True,
            absent=("header:x-vercel-signature", "json:0.id"),
            header=("x-vercel-verify", "{named:verification_token}"),
        ),
    ),
    named={"verification_token": "the value that Vercel wants to see in the header x-vercel-verify"},
    notes=("Vercel signs with SHA-1 and nothing else.",),
)
