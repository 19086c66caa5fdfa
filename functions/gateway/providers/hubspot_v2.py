"""HubSpot, signature v2. https://developers.hubspot.com/docs/api/webhooks/validating-requests"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="hubspot-v2",
    title="HubSpot, signature v2",
    confidence="sdk",
    proof="hubspot-api-client 12.0.0 utils.signature and its published examples",
    docs="https://developers.hubspot.com/docs/api/webhooks/validating-requests",
    schemes=(Hmac(header="X-HubSpot-Signature", mac="digest", content="{secret}{method}{url}{body}"),),
    secret="the app's client secret: HubSpot developer account > Apps > the app > Auth",
    methods=("POST", "GET"),
    answer_within=5,
    notes=(
        "CRM cards and workflow actions are signed so, where no v3 is sent.",
        "The URL is signed: HubSpot must call the one that Hookline prints.",
    ),
)
