"""Worldpay. https://developer.worldpay.com/products/access/events/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="worldpay",
    title="Worldpay",
    confidence="docs",
    proof="Worldpay documentation, event signature",
    docs="https://developer.worldpay.com/products/access/events/",
    # A list of <key id>/SHA256/<signature>.
    schemes=(Hmac(header="Event-Signature", separator=",", key_id_mark="/SHA256/"),),
    secret="the shared secret of your webhook: Worldpay dashboard > Developer tools > Webhooks",
    id=("json:eventId",),
    id_signed=True,
    type=("json:eventDetails.type",),
    notes=("That the signature is written in hex is not in the documentation.",),
)
