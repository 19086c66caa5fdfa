"""Keygen. https://keygen.sh/docs/api/webhooks/#webhook-signatures"""

from gateway.providers.schema import HttpSignature, Provider

PROVIDER = Provider(
    name="keygen",
    title="Keygen",
    confidence="registry+",
    proof="two open registries agree, and Keygen's own examples",
    docs="https://keygen.sh/docs/api/webhooks/#webhook-signatures",
    schemes=(HttpSignature(algorithm="ed25519", header="Keygen-Signature"),),
    secret="the account's Ed25519 128-bit verify key in hex: Keygen dashboard > Settings",
    id=("json:data.id",),
    id_signed=True,
    type=("json:data.attributes.event",),
    notes=(
        "Keygen signs the URL that it calls: it must be given the URL that Hookline prints.",
        "A webhook endpoint's signature algorithm must be ed25519, which is the default.",
    ),
)
