"""Front, of an application. https://dev.frontapp.com/docs/application-webhooks"""

from gateway.providers.schema import Handshake, Hmac, Provider

PROVIDER = Provider(
    name="front",
    title="Front, of an application",
    confidence="docs",
    proof="Front documentation, Application webhooks",
    docs="https://dev.frontapp.com/docs/application-webhooks",
    schemes=(
        Hmac(
            header="X-Front-Signature",
            encoding="base64",
            content="{timestamp}:{body}",
            timestamp_header="X-Front-Request-Timestamp",
            timestamp_unit="ms",
        ),
    ),
    secret="the application's signing key: Front > Settings > Developers > the app > Basic information",
    id=("json:payload.id",),
    id_signed=True,
    type=("json:type",),
    handshakes=(
        Handshake(
            methods=("POST",),
            where=(("json:type", "sync"),),
            echo="header:X-Front-Challenge",
            content_type="application/json",
            body='{"challenge":{json}}',
        ),
    ),
    answer_within=10,
    notes=("Webhooks that a rule sends are signed otherwise: those are `front-rule`.",),
)
