"""Stripe's."""

from registry import Question, signs, verifies


@verifies("stripe")
def verify(asked: Question) -> object:
    import stripe

    return stripe.WebhookSignature.verify_header(asked.text, asked.header("stripe-signature"), asked.key, 300)


@signs("stripe")
def sign(asked: Question) -> dict[str, str]:
    import stripe

    header = stripe.WebhookSignature.generate_signature_header(asked.text, asked.key, timestamp=asked.now)
    return {"stripe-signature": header}
