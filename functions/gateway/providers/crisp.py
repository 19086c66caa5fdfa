"""Crisp. https://docs.crisp.chat/guides/web-hooks/signature-verification/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="crisp",
    title="Crisp",
    confidence="sdk",
    proof="crisp-api: Crisp.verifyHook",
    docs="https://docs.crisp.chat/guides/web-hooks/signature-verification/",
    schemes=(
        Hmac(
            header="X-Crisp-Signature",
            content="[{timestamp};{body}]",
            timestamp_header="X-Crisp-Request-Timestamp",
            timestamp_unit="ms",
        ),
    ),
    secret=(
        "the signing secret of the plugin's or website's Web Hooks: Crisp Marketplace > the plugin > "
        "Web Hooks"
    ),
    type=("json:event",),
)
