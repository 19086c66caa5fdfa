"""Google Calendar and Drive push notifications.

https://developers.google.com/workspace/calendar/api/guides/push
"""

from gateway.providers.schema import Provider, Token

PROVIDER = Provider(
    name="google-calendar",
    title="Google Calendar and Drive push notifications",
    confidence="registry+",
    proof="Nango's source; Trigger.dev's notes",
    docs="https://developers.google.com/workspace/calendar/api/guides/push",
    schemes=(Token(header="X-Goog-Channel-Token"),),
    secret="the token that you send when you open the channel by the watch method",
    id=("header:X-Goog-Channel-ID+header:X-Goog-Message-Number",),
    bodies_recur=True,
    type=("header:X-Goog-Resource-State",),
    notes=(
        "The body is empty: what changed has to be fetched.",
        "The first message of a channel has the type sync.",
        "Channels expire, and have to be opened again.",
        "The token authenticates the caller, not the body.",
    ),
)
