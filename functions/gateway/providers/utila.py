"""Utila. https://docs.utila.io/reference/webhooks"""

from gateway.providers.schema import Asymmetric, Provider

PROVIDER = Provider(
    name="utila",
    title="Utila",
    confidence="registry",
    proof="one open registry of webhook schemes",
    docs="https://docs.utila.io/reference/webhooks",
    schemes=(
        Asymmetric(
            algorithm="rsa-pss-sha512",
            header="x-utila-signature",
            content="{body}",
            encoding="base64",
        ),
    ),
    secret="Utila's public key (PEM), from the webhooks page of its documentation",
    id=("json:id",),
    id_signed=True,
    type=("json:type",),
    retries_for=86_400,
)
