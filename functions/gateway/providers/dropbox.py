"""Dropbox. https://www.dropbox.com/developers/reference/webhooks"""

from gateway.providers.schema import Handshake, Hmac, Provider

PROVIDER = Provider(
    name="dropbox",
    title="Dropbox",
    confidence="docs",
    proof="Dropbox documentation, Webhooks",
    docs="https://www.dropbox.com/developers/reference/webhooks",
    schemes=(Hmac(header="X-Dropbox-Signature"),),
    secret="the app's secret: Dropbox App Console > the app > Settings > App secret",
    answer_within=10,
    notes=(
        "A notification names accounts whose files changed, and no event: what changed has to be asked for.",
        "The same body comes again legitimately.",
    ),
    bodies_recur=True,
    handshakes=(
        Handshake(methods=("GET",), unsigned=True, echo="query:challenge", bounds=r"[^\x00]{1,512}"),
    ),
)
