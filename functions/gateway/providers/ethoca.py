"""Ethoca alerts. https://developer.mastercard.com/product/ethoca-alerts"""

from gateway.providers.schema import Basic, Provider

PROVIDER = Provider(
    name="ethoca",
    title="Ethoca alerts",
    confidence="registry",
    proof="Hookdeck's skill",
    docs="https://developer.mastercard.com/product/ethoca-alerts",
    schemes=(Basic(),),
    secret="user:password, as agreed with Ethoca for the endpoint",
    type=("json:alertType",),
    notes=(
        "Where its bodies carry an id is not known: redeliveries cannot be told from new events.",
        "Ethoca may ask for mutual TLS, which Hookline's API does not speak.",
        "The password authenticates the caller, not the body.",
    ),
)
