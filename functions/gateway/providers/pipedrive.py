"""Pipedrive. https://pipedrive.readme.io/docs/guide-for-webhooks-v2"""

from gateway.providers.schema import Basic, Provider

PROVIDER = Provider(
    name="pipedrive",
    title="Pipedrive",
    confidence="docs",
    proof="Pipedrive documentation, Guide for webhooks v2",
    docs="https://pipedrive.readme.io/docs/guide-for-webhooks-v2",
    schemes=(Basic(),),
    secret=(
        "user:password, as you enter them (http_auth_user, http_auth_password): Pipedrive > Tools and "
        "apps > Webhooks"
    ),
    id=("json:meta.id",),
    type=("json:meta.action+json:meta.entity", "json:event"),
    notes=(
        "A type is such as change+deal.",
        "The password authenticates the caller, not the body.",
    ),
)
