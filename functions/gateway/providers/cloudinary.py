"""Cloudinary. https://cloudinary.com/documentation/notification_signatures"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="cloudinary",
    title="Cloudinary",
    confidence="sdk",
    proof="cloudinary, Python: utils.verify_notification_signature",
    docs="https://cloudinary.com/documentation/notification_signatures",
    schemes=(
        Hmac(
            header="X-Cld-Signature",
            mac="digest",
            hash="sha1",
            content="{body}{timestamp}{secret}",
            timestamp_header="X-Cld-Timestamp",
            tolerance=7200,
        ),
    ),
    secret="the product environment's API secret: Cloudinary Console > Settings > API Keys",
    type=("json:notification_type",),
    notes=(
        "SHA-1 is Cloudinary's default: have its support switch to SHA-256, then use `cloudinary-sha256`.",
    ),
)
