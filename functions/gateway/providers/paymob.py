"""Paymob's transaction callbacks. https://developers.paymob.com/egypt/manage-callback/hmac"""

from gateway.providers.schema import Fields, Provider

# In this order; of an optional one nothing stands in the text that is signed.
_SIGNED = (
    "amount_cents",
    "created_at",
    "currency",
    "error_occured",
    "has_parent_transaction",
    "id",
    "integration_id",
    "is_3d_secure",
    "is_auth",
    "is_capture",
    "is_refunded",
    "is_standalone_payment",
    "is_voided",
    "order.id",
    "owner",
    "pending",
    "source_data.pan?",
    "source_data.sub_type?",
    "source_data.type?",
    "success",
)

PROVIDER = Provider(
    name="paymob",
    title="Paymob",
    confidence="registry",
    proof="one open registry",
    docs="https://developers.paymob.com/egypt/manage-callback/hmac",
    schemes=(
        Fields(
            signature="query:hmac",
            content="".join(f"{{json:obj.{name}}}" for name in _SIGNED),
            hash="sha512",
        ),
    ),
    secret="the HMAC secret: Paymob dashboard > Settings > Account info",
    id=("json:obj.id",),
    type=("json:type",),
    notes=(
        "Twenty values of the transaction are signed; the rest of the body is not.",
        "The redirect of a customer's browser, a GET with the same values, is no webhook and not taken.",
        "Values are signed with nothing between them: digits of one, the amount's too, can move to the next.",
    ),
)
