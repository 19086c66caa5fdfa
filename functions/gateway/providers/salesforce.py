"""Salesforce outbound messages.

https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_om_outboundmessaging.htm
"""

from gateway.providers.schema import Answer, Provider

PROVIDER = Provider(
    name="salesforce",
    title="Salesforce outbound messages",
    confidence="registry+",
    proof="Hookdeck's skill; Trigger.dev's notes",
    docs="https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_om_outboundmessaging.htm",
    schemes=(),
    secret=(
        "nothing: Salesforce signs nothing, and the unguessable path of the source's URL is all the "
        "protection there is"
    ),
    # Whatever else is answered, Salesforce sends the message again.
    answer=Answer(
        content_type="text/xml",
        body=(
            '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>'
            '<notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack>'
            "</notificationsResponse></soapenv:Body></soapenv:Envelope>"
        ),
    ),
    retries_for=86_400,
    notes=(
        "The body is SOAP, of up to a hundred notifications, each with an Id: it is passed on as one event.",
        "Check OrganizationId, which is yours, before you believe a message.",
    ),
)
