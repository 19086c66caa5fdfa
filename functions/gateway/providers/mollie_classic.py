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
    answer_within=15,
    notes=(
        "The body holds a payment's id alone: fetch the payment from Mollie's API, and believe only that.",
        "That id comes again with each change of the payment's status: redeliveries cannot be told apart.",
        "Mollie's newer webhooks are signed.",
    ),
)
