"""Alipay+ and Antom. https://docs.antom.com/ac/ams/digital_signature"""

from gateway.providers.schema import Answer, Asymmetric, Provider

PROVIDER = Provider(
    name="alipay",
    title="Alipay+ and Antom",
    confidence="registry",
    proof="one open registry of webhook schemes",
    docs="https://docs.antom.com/ac/ams/digital_signature",
    schemes=(
        Asymmetric(
            algorithm="rsa-sha256",
            header="Signature",
            content="{method} {path}\n{header:Client-Id}.{header:Request-Time}.{body}",
            signature_field="signature",
            encoding="any-base64",
        ),
    ),
    secret="Alipay's public key, as its dashboard shows it: Developer > Keys > Alipay public key",
    id=("json:paymentId", "json:refundId"),
    id_signed=True,
    type=("json:notifyType",),
    answer=Answer(
        content_type="application/json",
        body='{"result":{"resultCode":"SUCCESS","resultStatus":"S","resultMessage":"Success"}}',
    ),
    retries_for=86_400,
    notes=(
        "Alipay wants its answer signed with the merchant's private key, which the gateway does not have.",
        "So it may send each notification again until its retries end: deduplication takes care of them.",
    ),
)
