"""Adobe Acrobat Sign. https://developer.adobe.com/acrobat-sign/docs/overview/developer_guide/webhook_apis/"""

from gateway.providers.schema import Answer, Handshake, Provider, Token

PROVIDER = Provider(
    name="adobe-sign",
    title="Adobe Acrobat Sign",
    confidence="registry+",
    proof="webhook-co's registry; Svix Ingest's list of sources",
    docs="https://developer.adobe.com/acrobat-sign/docs/overview/developer_guide/webhook_apis/",
    schemes=(Token(header="X-AdobeSign-ClientId"),),
    secret="the client id of your application: Adobe Acrobat Sign > Account > API > API Applications",
    id=("json:webhookNotificationId",),
    type=("json:event",),
    handshakes=(
        Handshake(
            methods=("GET",),
            echo="header:X-AdobeSign-ClientId",
            bounds="[!-~]{1,256}",
            header=("X-AdobeSign-ClientId", "{echo}"),
        ),
    ),
    # Adobe takes no answer for one that does not repeat the client id.
    answer=Answer(repeat="X-AdobeSign-ClientId"),
    notes=(
        "The client id is no secret: an unguessable `path` protects the source better.",
        "The token authenticates the caller, not the body.",
    ),
)
