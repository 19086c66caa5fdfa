"""Dropbox Sign. https://developers.hellosign.com/docs/events/walkthrough/"""

from gateway.providers.schema import Answer, Fields, Provider

# Sent as multipart/form-data, whose field `json` is the event.
_EVENT = "form:json>json:event"

PROVIDER = Provider(
    name="dropbox-sign",
    title="Dropbox Sign",
    confidence="sdk",
    proof="dropbox-sign, Python: EventCallbackHelper.is_valid",
    docs="https://developers.hellosign.com/docs/events/walkthrough/",
    schemes=(
        Fields(
            signature=f"{_EVENT}.event_hash",
            content=f"{{{_EVENT}.event_time}}{{{_EVENT}.event_type}}",
            # Whole seconds, which also keep time and type apart.
            timestamp=f"{_EVENT}.event_time",
        ),
    ),
    secret="the account's API key: Dropbox Sign > Settings > API",
    type=(f"{_EVENT}.event_type",),
    answer=Answer(content_type="text/plain", body="Hello API Event Received"),
    notes=("Only the event's time and type are signed: fetch what it is about from the API.",),
)
