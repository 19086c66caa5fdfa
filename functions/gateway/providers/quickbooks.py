"""QuickBooks Online. https://developer.intuit.com/app/developer/qbo/docs/develop/webhooks"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="quickbooks",
    title="QuickBooks Online",
    confidence="docs",
    proof="IntuitDeveloper/SampleApp-Webhooks-nodejs",
    docs="https://developer.intuit.com/app/developer/qbo/docs/develop/webhooks",
    schemes=(Hmac(header="intuit-signature", encoding="base64"),),
    secret="the verifier token: Intuit Developer > the app > Webhooks",
    id=("json:id",),
    id_signed=True,
    type=("json:type",),
    items="json:",
    answer_within=3,
    notes=(
        "Choose the CloudEvents format: the older one has no ids, and comes as one event without a type.",
    ),
)
