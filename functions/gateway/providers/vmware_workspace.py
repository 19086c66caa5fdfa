"""Omnissa Workspace ONE, formerly VMware's. https://docs.omnissa.com/"""

from gateway.providers.schema import Basic, Provider

PROVIDER = Provider(
    name="vmware-workspace",
    title="Omnissa Workspace ONE, formerly VMware's",
    confidence="registry",
    proof="ngrok documentation, webhook verification",
    docs="https://docs.omnissa.com/",
    schemes=(Basic(),),
    secret=(
        "user:password, as you enter them: Workspace ONE UEM > System > Advanced > API > Event Notifications"
    ),
    type=("json:EventType",),
    notes=(
        "Workspace ONE sends no event id (EventId is the type's): redeliveries cannot be told apart.",
        "The password authenticates the caller, not the body.",
    ),
)
