"""Amazon SNS, to an HTTPS endpoint. https://docs.aws.amazon.com/sns/latest/dg/sns-http-https-endpoint-as-subscriber.html"""

from gateway.providers.schema import Handshake, Provider, Sns

PROVIDER = Provider(
    name="aws-sns",
    title="Amazon SNS",
    confidence="sdk",
    proof="sns-validator 0.3.5",
    docs="https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html",
    schemes=(Sns(),),
    secret="none is needed: SNS publishes its certificates. A key of your own is for messages of your own",
    settings={
        "topic_arns": "the ARNs of the topics that are taken: anybody can subscribe any URL to his own",
        "versions": "the SignatureVersions that are taken: 1 and 2 if left out; 1 is by SHA-1",
    },
    required=("topic_arns",),
    id=("json:MessageId",),
    id_signed=True,
    type=("json:Type",),
    handshakes=(Handshake(where=(("json:Type", "SubscriptionConfirmation"),)),),
    answer_within=15,
    notes=(
        "A subscription to a topic in topic_arns is confirmed by the gateway itself.",
        "Raw message delivery is not signed, and so refused: leave it off.",
        "A message's UnsubscribeURL lets whoever reads it end a subscription that was confirmed by hand.",
    ),
)
