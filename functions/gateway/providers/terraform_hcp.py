"""HCP Terraform. https://developer.hashicorp.com/terraform/cloud-docs/api-docs/notification-configurations"""

from gateway.providers.schema import Handshake, Hmac, Provider

PROVIDER = Provider(
    name="terraform-hcp",
    title="HCP Terraform",
    confidence="registry+",
    proof="public registries of webhook signatures that agree",
    docs="https://developer.hashicorp.com/terraform/cloud-docs/api-docs/notification-configurations",
    schemes=(Hmac(header="X-TFE-Notification-Signature", hash="sha512"),),
    secret=(
        "the token that you enter for the notification configuration: the workspace's Settings > "
        "Notifications"
    ),
    type=("json:notifications.0.trigger",),
    handshakes=(Handshake(where=(("json:notifications.0.trigger", "verification"),)),),
)
