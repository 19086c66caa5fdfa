"""Customer.io. https://docs.customer.io/journeys/webhooks/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="customerio",
    title="Customer.io",
    confidence="sdk",
    proof="customerio-node: verifyRequestSignature",
    docs="https://docs.customer.io/journeys/webhooks/",
    schemes=(
        Hmac(
            header="X-CIO-Signature",
            content="v0:{timestamp}:{body}",
            timestamp_header="X-CIO-Timestamp",
        ),
    ),
    secret=(
        "the signing key of the reporting webhook: Customer.io > Data & Integrations > Integrations > "
        "Reporting Webhooks"
    ),
    id=("json:event_id",),
    id_signed=True,
    type=("json:metric",),
    retries_for=7 * 86_400,
    answer_within=4,
    notes=(
        "An endpoint that fails holds up all later events.",
        "Webhooks sent by a campaign's action are not signed with this key.",
    ),
)
