"""Dropbox Sign. https://developers.hellosign.com/docs/events/walkthrough/"""

from gateway.providers.schema import Answer, Fields, Provider

# Sent as multipart/form-data, whose field `json` is the event; or as that JSON itself.
_FORM, _JSON = "form:json>json:event", "json:event"


def _signed(event: str) -> Fields:
    # Whole seconds, which also keep time and type apart.
    return Fields(
        signature=f"{event}.event_hash",
        content=f"{{{event}.event_time}}{{{event}.event_type}}",
        timestamp=f"{event}.event_time",
    )


PROVIDER = Provider(
    name="dropbox-sign",
    title="Dropbox Sign",
    confidence="sdk",
    proof="dropbox-sign, Python: EventCallbackHelper.is_valid",
    docs="https://developers.hellosign.com/docs/events/walkthrough/",
    schemes=(_signed(_FORM), _signed(_JSON)),
    secret="the account's API key: Dropbox Sign > Settings > API",
    type=(f"{_FORM}.event_type", f"{_JSON}.event_type"),
    answer=Answer(content_type="text/plain", body="Hello API Event Received"),
    notes=("Only the event's time and type are signed: fetch what it is about from the API.",),
)
