"""Zoom. https://developers.zoom.us/docs/api/webhooks/"""

from gateway.providers.schema import Handshake, Hmac, Proof, Provider

PROVIDER = Provider(
    name="zoom",
    title="Zoom",
    confidence="sdk",
    proof="@zoom/rivet 0.4.0",
    docs="https://developers.zoom.us/docs/api/webhooks/",
    schemes=(
        Hmac(
            header="x-zm-signature",
            prefix="v0=",
            content="v0:{timestamp}:{body}",
            timestamp_header="x-zm-request-timestamp",
        ),
    ),
    secret="the app's secret token: Zoom App Marketplace > the app > Features > Access > Secret Token",
    type=("json:event",),
    answer_within=3,
    retries_for=5_400,
    notes=(
        "Its events have no id: a redelivery cannot be told from a new one.",
        "The URL is validated again every 72 hours; only signed validations are answered.",
    ),
    handshakes=(
        # Verified first, and never of a text like v0:timestamp:body.
        Handshake(
            methods=("POST",),
            where=(("json:event", "endpoint.url_validation"),),
            echo="json:payload.plainToken",
            bounds=r"[A-Za-z0-9+/_=-]{16,64}",
            proof=Proof(),
            content_type="application/json",
            body='{"plainToken":{json},"encryptedToken":"{proof}"}',
        ),
    ),
)
