"""Docker Hub. https://docs.docker.com/docker-hub/repos/manage/webhooks/"""

from gateway.providers.schema import Provider, Token

PROVIDER = Provider(
    name="dockerhub",
    title="Docker Hub",
    confidence="docs",
    proof="Docker documentation, Docker Hub webhooks",
    docs="https://docs.docker.com/docker-hub/repos/manage/webhooks/",
    schemes=(Token(parameter="token"),),
    secret="an unguessable text of yours, which you put into the URL that you give Docker Hub: ?token=…",
    settings={"parameter": "the parameter of the URL that carries the text; `token` if left out"},
    notes=(
        "Docker Hub signs nothing and sends no event id: redeliveries cannot be told from new events.",
        "Anybody who knows the token chooses callback_url: never call it without a check of its host.",
        "There is one event, a push; it has no type.",
        "The token authenticates the caller, not the body.",
    ),
)
