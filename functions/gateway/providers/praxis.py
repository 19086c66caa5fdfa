"""Praxis. https://doc.praxiscashier.com/integration_docs/latest/webhooks"""

from gateway.providers.schema import Answer, Fields, Provider

_PAYMENT = (
    "merchant_id",
    "application_key",
    "timestamp",
    "customer.customer_token?",
    "session.order_id?",
    "transaction.tid",
    "transaction.currency?",
    "transaction.amount?",
    "transaction.conversion_rate?",
    "transaction.processed_currency?",
    "transaction.processed_amount?",
)

PROVIDER = Provider(
    name="praxis",
    title="Praxis",
    confidence="registry",
    proof="one open registry",
    docs="https://doc.praxiscashier.com/integration_docs/latest/webhooks",
    # Of payments; other notifications sign other values, and are refused.
    schemes=(
        Fields(
            signature="header:gt-authentication",
            content="".join(f"{{json:{name}}}" for name in _PAYMENT) + "{key}",
            hash="sha384",
            keyed=False,
        ),
    ),
    secret="the merchant secret: Praxis back office > the application",
    # A transaction is told of again when its status changes.
    id=("json:transaction.tid",),
    once=("json:transaction.tid+json:transaction.transaction_status",),
    type=("json:event", "json:transaction.transaction_status"),
    answer=Answer(content_type="application/json", body='{"status":0}'),
    notes=(
        "Notifications of payments are verified; those of subscriptions sign other values and are refused.",
        "Values are signed with nothing between them: digits of one, the amount's too, can move to the next.",
        "Praxis would have the answer signed, too, which it is not here.",
    ),
)
