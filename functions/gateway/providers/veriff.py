"""Veriff. https://devdocs.veriff.com/docs/hmac-authentication-and-endpoint-security"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="veriff",
    title="Veriff",
    confidence="docs",
    proof="Veriff documentation, HMAC authentication",
    docs="https://devdocs.veriff.com/docs/hmac-authentication-and-endpoint-security",
    schemes=(Hmac(header="x-hmac-signature", more_headers=("VRF-HMAC-SIGNATURE",)),),
    secret="the integration's shared secret key: Veriff Customer Portal > API Keys",
    id=("json:attemptId", "json:verification.attemptId"),
    # An attempt is started, submitted and decided under one id.
    once=("json:attemptId+json:action", "json:verification.attemptId+json:verification.code"),
    id_signed=True,
    type=("json:action", "json:feature", "json:verification.status"),
)
