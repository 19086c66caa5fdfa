"""Airship. https://docs.airship.com/guides/messaging/user-guide/data/real-time-data-streaming/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="airship",
    title="Airship",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://docs.airship.com/guides/messaging/user-guide/data/real-time-data-streaming/",
    schemes=(Hmac(header="X-UA-SIGNATURE", content="{timestamp}:{body}", timestamp_header="X-UA-TIMESTAMP"),),
    secret="the signature secret that you set for the integration in Airship",
)
