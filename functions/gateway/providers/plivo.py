"""Plivo, signatures of version 3. https://www.plivo.com/docs/voice/concepts/signature-validation"""

from gateway.providers.schema import Provider, UrlForm

PROVIDER = Provider(
    name="plivo",
    title="Plivo",
    confidence="sdk",
    proof="plivo 4.63.0 utils.signature_v3; npm plivo v3Security",
    docs="https://www.plivo.com/docs/voice/concepts/signature-validation",
    schemes=(
        UrlForm(
            header="X-Plivo-Signature-V3",
            others=("X-Plivo-Signature-Ma-V3",),
            hash="sha256",
            style="plivo",
            nonce_header="X-Plivo-Signature-V3-Nonce",
        ),
    ),
    secret="the auth token of the account, or of the sub-account: Plivo console > Overview",
    id=("form:MessageUUID", "query:MessageUUID"),
    # A message is queued, sent and delivered under one id.
    once=("form:MessageUUID+form:Status", "query:MessageUUID+query:Status"),
    type=("form:Type", "form:Event", "query:Type", "query:Event"),
    methods=("POST", "GET"),
    notes=(
        "Plivo signs the public URL: it must be given the URL that Hookline prints, query string included.",
        "The signature has no timestamp, and a call's events have no id.",
        "Nothing stands between the fields that are signed: one, the id's too, can swallow the next.",
    ),
)
