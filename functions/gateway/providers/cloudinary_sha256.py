"""Cloudinary, by SHA-256. https://cloudinary.com/documentation/notification_signatures"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="cloudinary-sha256",
    title="Cloudinary, by SHA-256",
    confidence="sdk",
    proof="cloudinary, Python: utils.verify_notification_signature",
    docs="https://cloudinary.com/documentation/notification_signatures",
    schemes=(
        Hmac(
            header="X-Cld-Signature",
            mac="digest",
            content="{body}{timestamp}{secret}",
            timestamp_header="X-Cld-Timestamp",
            tolerance=7200,
        ),
    ),
    secret="the product environment's API secret: Cloudinary Console > Settings > API Keys",
    type=("json:notification_type",),
    notes=("For product environments whose signature algorithm is SHA-256.",),
)
