"""Google Cloud Pub/Sub, push subscriptions. https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions"""

from gateway.providers.schema import Jwt, Provider

PROVIDER = Provider(
    name="google-pubsub",
    title="Google Cloud Pub/Sub",
    confidence="sdk",
    proof="google-auth 2.62.2 id_token, and the documented checks of iss and email",
    docs="https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions",
    schemes=(
        Jwt(
            algorithms=("RS256",),
            header="Authorization",
            prefix="Bearer ",
            issuers=("https://accounts.google.com", "accounts.google.com"),
            fresh=("exp",),
            key_set_url="https://www.googleapis.com/oauth2/v3/certs",
        ),
    ),
    secret="none is needed: Google publishes its keys. A key of your own is tried before them",
    settings={
        "audience": "the audience of the subscription: the URL of the endpoint unless another was set there",
        "service_account_email": (
            "the service account that the subscription authenticates as: without it any user of Google Cloud "
            "could have such a token made"
        ),
    },
    required=("audience", "service_account_email"),
    # An unwrapped message has no envelope, and its id in a header.
    id=("json:message.messageId", "json:message.message_id", "header:X-Goog-Pubsub-Message-Id"),
    # What an application calls its types; these are Cloud Storage's name for it, and CloudEvents'.
    type=("json:message.attributes.eventType", "json:message.attributes.ce-type"),
    retries_for=7 * 86_400,
    notes=(
        "The token does not cover the body: whoever has recorded one can send another body for an hour.",
        "Authentication is an option of the subscription: without it there is no token, and all is refused.",
    ),
)
