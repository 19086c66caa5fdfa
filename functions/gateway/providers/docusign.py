"""DocuSign Connect. https://developers.docusign.com/platform/webhooks/connect/validate/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="docusign",
    title="DocuSign Connect",
    confidence="docs",
    proof="DocuSign documentation, How to validate an HMAC signature",
    docs="https://developers.docusign.com/platform/webhooks/connect/validate/",
    # One header for each active key of the account.
    schemes=(
        Hmac(
            header="X-DocuSign-Signature-1",
            more_headers=tuple(f"X-DocuSign-Signature-{number}" for number in range(2, 101)),
            encoding="base64",
        ),
    ),
    secret=(
        "the Connect keys, each as a key of its own: DocuSign Admin > Integrations > Connect > Connect Keys"
    ),
    type=("json:event",),
    volatile=("retryCount",),
    notes=("HMAC is off until it is ticked in the Connect configuration.",),
)
