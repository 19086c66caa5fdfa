"""Mollie (classic webhooks). https://docs.mollie.com/reference/webhooks"""

from gateway.providers.schema import Provider

PROVIDER = Provider(
    name="mollie-classic",
    title="Mollie (classic webhooks)",
    confidence="docs",
    proof="Mollie documentation, Webhooks",
    docs="https://docs.mollie.com/reference/webhooks",
    schemes=(),
    secret=(
        "nothing: Mollie signs nothing, and the unguessable path of the source's URL is all the "
        "protection there is"
    ),
    # The body's `id` names a payment, and comes again with each change of its status: it is no event's.
    answer_within=15,
    notes=(
        "The body holds a payment's id alone: fetch the payment from Mollie's API, and believe only that.",
        "Mollie's newer webhooks are signed.",
    ),
)
