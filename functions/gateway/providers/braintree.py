"""Braintree. https://developer.paypal.com/braintree/docs/guides/webhooks/parse"""

from gateway.providers.schema import Braintree, Handshake, Proof, Provider

PROVIDER = Provider(
    name="braintree",
    title="Braintree",
    confidence="sdk",
    proof="braintree 4.48.0; npm braintree 3.40.0",
    docs="https://developer.paypal.com/braintree/docs/guides/webhooks/parse",
    schemes=(Braintree(),),
    secret="an API key as public:private: Braintree Control Panel > Settings > API > API Keys",
    id=("form:bt_payload>sha256:",),
    id_signed=True,
    type=("form:bt_payload>base64:>xml:notification.kind",),
    # A notification's payload is base64 of XML: no hex of this length is one.
    handshakes=(
        Handshake(
            methods=("GET",),
            unsigned=True,
            echo="query:bt_challenge",
            bounds="[0-9a-f]{20,32}",
            proof=Proof(own=True),
            content_type="text/plain",
            body="{proof}",
        ),
    ),
    # Every hour: for a day in production, for three hours in the sandbox.
    retries_for=86_400,
    answer_within=30,
    notes=("The payload is XML in base64, in a form; it has no id: its hash stands for one.",),
)
