"""Freshchat. https://crmsupport.freshworks.com/support/solutions/articles/50000004461"""

from gateway.providers.schema import Asymmetric, Provider

PROVIDER = Provider(
    name="freshchat",
    title="Freshchat",
    confidence="registry",
    proof="one open registry of webhook schemes",
    docs="https://crmsupport.freshworks.com/support/solutions/articles/50000004461",
    schemes=(
        Asymmetric(
            algorithm="rsa-sha256",
            header="X-Freshchat-Signature",
            content="{body}",
            encoding="base64",
        ),
    ),
    secret="the public key that Freshchat shows: Admin > Configure > Conversation webhooks > Authentication",
    type=("json:action",),
)
