"""Asana. https://developers.asana.com/docs/webhooks-guide"""

from gateway.providers.schema import Handshake, Hmac, Provider

PROVIDER = Provider(
    name="asana",
    title="Asana",
    confidence="docs",
    proof="Asana documentation, Webhooks guide",
    docs="https://developers.asana.com/docs/webhooks-guide",
    schemes=(Hmac(header="X-Hook-Signature"),),
    secret="the X-Hook-Secret that Asana hands over when the webhook is made: `enrolment: open` stores it",
    type=("json:action+json:resource.resource_type",),
    bodies_recur=True,
    items="json:events",
    answer_within=10,
    retries_for=86_400,
    notes=(
        "Each webhook has a secret of its own: better one source for each.",
        "Its events have no id, and equal ones come again legitimately.",
    ),
    handshakes=(
        # A new webhook's secret. Each webhook has its own.
        Handshake(
            methods=("POST",),
            unsigned=True,
            absent=("header:X-Hook-Signature",),
            echo="header:X-Hook-Secret",
            secret="header:X-Hook-Secret",
            bounds=r"[!-~]{16,256}",
            header=("X-Hook-Secret", "{echo}"),
        ),
        # The heartbeat, every eight hours.
        Handshake(methods=("POST",), where=(("json:events", ()),)),
    ),
)
