"""GitLab. https://docs.gitlab.com/user/project/integrations/webhooks/"""

from gateway.providers.schema import Provider, StandardWebhooks, Token

PROVIDER = Provider(
    name="gitlab",
    title="GitLab",
    confidence="docs",
    proof="GitLab documentation, Webhooks",
    docs="https://docs.gitlab.com/user/project/integrations/webhooks/",
    # A signing token shuts the plain one out: a request that lost its signature must not pass by the token.
    schemes=(StandardWebhooks(key_prefix="whsec_"), Token(header="X-Gitlab-Token")),
    secret=(
        "the signing token (whsec_…), or where GitLab has none the secret token: "
        "the project's or group's Settings > Webhooks"
    ),
    id=("header:webhook-id", "header:Idempotency-Key", "header:X-Gitlab-Event-UUID"),
    type=("header:X-Gitlab-Event",),
    answer_within=10,
    notes=(
        "A secret token authenticates the caller, not the body: prefer a signing token.",
        "With a signing token the id is signed; the event's name is a header that is not.",
    ),
)
