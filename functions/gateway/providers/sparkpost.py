"""SparkPost. https://developers.sparkpost.com/api/webhooks/"""

from gateway.providers.schema import Basic, Provider

PROVIDER = Provider(
    name="sparkpost",
    title="SparkPost",
    confidence="registry",
    proof="webhook-co's registry",
    docs="https://developers.sparkpost.com/api/webhooks/",
    schemes=(Basic(),),
    secret="user:password, as you enter them: SparkPost > Configuration > Webhooks > Basic Auth",
    id=(
        "json:msys.message_event.event_id",
        "json:msys.track_event.event_id",
        "json:msys.gen_event.event_id",
        "json:msys.unsubscribe_event.event_id",
        "json:msys.relay_event.event_id",
        "header:X-MessageSystems-Batch-ID",
    ),
    type=(
        "json:msys.message_event.type",
        "json:msys.track_event.type",
        "json:msys.gen_event.type",
        "json:msys.unsubscribe_event.type",
        "json:msys.relay_event.type",
    ),
    items="json:",
    notes=("The password authenticates the caller, not the body.",),
)
