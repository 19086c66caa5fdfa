"""CircleCI. https://circleci.com/docs/outbound-webhooks/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="circleci",
    title="CircleCI",
    confidence="docs",
    proof="CircleCI documentation, Outbound webhooks, and its published examples",
    docs="https://circleci.com/docs/outbound-webhooks/",
    # Versions beside `v1` may be listed; none but it counts.
    schemes=(Hmac(header="circleci-signature", prefix="v1=", separator=","),),
    secret="the secret token that you enter for the webhook: Project Settings > Webhooks",
    id=("json:id",),
    id_signed=True,
    type=("json:type",),
    answer_within=10,
    notes=("Without a secret CircleCI signs nothing.",),
)
