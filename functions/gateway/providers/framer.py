"""Framer. https://www.framer.com/help/articles/how-to-use-webhooks-with-forms/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="framer",
    title="Framer",
    confidence="registry+",
    proof="public registries of webhook signatures that agree",
    docs="https://www.framer.com/help/articles/how-to-use-webhooks-with-forms/",
    schemes=(
        Hmac(
            header="Framer-Signature", prefix="sha256=", content="{body}{header:Framer-Webhook-Submission-Id}"
        ),
    ),
    secret="the webhook's secret: the form's Webhook settings in Framer",
    id=("header:Framer-Webhook-Submission-Id",),
    notes=(
        "Body and id are signed with nothing between them: one can be made shorter, and the other longer.",
    ),
)
