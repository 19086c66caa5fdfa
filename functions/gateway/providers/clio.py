"""Clio. https://docs.developers.clio.com/api-docs/webhooks/"""

from gateway.providers.schema import Handshake, Hmac, Provider

PROVIDER = Provider(
    name="clio",
    title="Clio",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://docs.developers.clio.com/api-docs/webhooks/",
    schemes=(Hmac(header="X-Hook-Signature"),),
    secret=(
        "the webhook's shared_secret, which Clio sends once as X-Hook-Secret when the webhook is created"
    ),
    type=("json:meta.event",),
    handshakes=(
        Handshake(
            methods=("POST",),
            unsigned=True,
            absent=("header:X-Hook-Signature",),
            echo="header:X-Hook-Secret",
            secret="header:X-Hook-Secret",
            bounds=r"[!-~]{16,256}",
            header=("X-Hook-Secret", "{echo}"),
        ),
    ),
    notes=("A webhook expires after three days unless it is made to last, at most 31.",),
)
