"""Zift. https://developer.ziftpay.com/"""

from gateway.providers.schema import Answer, Provider

PROVIDER = Provider(
    name="zift",
    title="Zift",
    confidence="registry",
    proof="Hookdeck's skill",
    docs="https://developer.ziftpay.com/",
    schemes=(),
    secret=(
        "nothing: Zift signs nothing, and the unguessable path of the source's URL is all the protection "
        "there is"
    ),
    id=("json:notificationId",),
    type=("json:eventCode",),
    # Zift wants the notification's id back, as the text or the number that it was.
    answer=Answer(
        content_type="application/json",
        body='{"notificationId":{echo}}',
        echo="json:notificationId",
    ),
    retries_for=91_200,
    notes=("Look what happened up by Zift's API before you believe an event.",),
)
