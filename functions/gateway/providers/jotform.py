"""Jotform. https://www.jotform.com/help/245-how-to-setup-a-webhook-with-jotform/"""

from gateway.providers.schema import Provider

PROVIDER = Provider(
    name="jotform",
    title="Jotform",
    confidence="unconfirmed",
    proof="no documentation of a signature is known",
    docs="https://www.jotform.com/help/245-how-to-setup-a-webhook-with-jotform/",
    schemes=(),
    secret=(
        "nothing: Jotform signs nothing, and the unguessable path of the source's URL is all the "
        "protection there is"
    ),
    id=("form:submissionID",),
    notes=(
        "There is one event, a form's submission; it has no type.",
        "The answers stand in the field rawRequest, as JSON.",
    ),
)
