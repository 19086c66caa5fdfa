"""Bridge. https://apidocs.bridge.xyz/platform/additional-information/webhooks/signature"""

from gateway.providers.schema import Asymmetric, Provider

PROVIDER = Provider(
    name="bridge-xyz",
    title="Bridge",
    confidence="registry",
    proof="one open registry of webhook schemes",
    docs="https://apidocs.bridge.xyz/platform/additional-information/webhooks/signature",
    schemes=(
        # What is signed is a SHA-256 digest, which RSA with SHA-256 hashes once more.
        Asymmetric(
            algorithm="rsa-sha256",
            header="X-Webhook-Signature",
            content="{timestamp}.{body}",
            digested=True,
            signature_field="v0",
            timestamp_field="t",
            timestamp_format="ms",
            encoding="base64",
            tolerance=600,
        ),
    ),
    secret="the webhook's public key (PEM), which Bridge returns when the webhook is created",
    id=("json:event_id",),
    id_signed=True,
    type=("json:event_type",),
)
