"""Jira, for apps of Atlassian Connect.

https://developer.atlassian.com/cloud/jira/platform/understanding-jwt-for-connect-apps/
"""

from gateway.providers.schema import Jwt, Provider

PROVIDER = Provider(
    name="jira-connect",
    title="Jira (Atlassian Connect)",
    confidence="sdk",
    proof="atlassian-jwt, Python: Authenticator",
    docs="https://developer.atlassian.com/cloud/jira/platform/understanding-jwt-for-connect-apps/",
    schemes=(
        Jwt(
            algorithms=("HS256",),
            header="Authorization",
            prefix="JWT ",
            query_hash=True,
            fresh=("exp",),
        ),
    ),
    secret="the sharedSecret of the installation, as the app's installed callback brought it",
    id=("header:X-Atlassian-Webhook-Identifier",),
    type=("json:webhookEvent",),
    notes=(
        "The token does not cover the body: whoever has recorded one can send another body while it lives.",
    ),
)
