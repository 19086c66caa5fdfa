"""Telnyx. https://developers.telnyx.com/docs/messaging/messages/receiving-webhooks"""

from gateway.providers.schema import Asymmetric, Provider

PROVIDER = Provider(
    name="telnyx",
    title="Telnyx",
    confidence="sdk",
    proof="telnyx 4.189.0 webhook verification",
    docs="https://developers.telnyx.com/docs/messaging/messages/receiving-webhooks",
    schemes=(
        Asymmetric(
            algorithm="ed25519",
            header="telnyx-signature-ed25519",
            content="{timestamp}|{body}",
            timestamp_header="telnyx-timestamp",
            encoding="base64",
            tolerance=300,
        ),
    ),
    secret="the account's public key: portal.telnyx.com > Account > Keys & Credentials > Public Key",
    id=("json:data.id",),
    id_signed=True,
    type=("json:data.event_type",),
)
