"""Green Dot. https://developer.greendot.com/"""

from gateway.providers.schema import Answer, Provider, Token

PROVIDER = Provider(
    name="green-dot",
    title="Green Dot",
    confidence="registry",
    proof="Hookdeck's skill",
    docs="https://developer.greendot.com/",
    schemes=(Token(header="Authorization", prefix="Bearer "),),
    secret="the bearer token that your programme has Green Dot send, as agreed when it was set up",
    id=("header:x-GD-RequestId",),
    type=("json:eventType",),
    # Green Dot wants its request's id back, in a header and in the body.
    answer=Answer(
        content_type="application/json",
        body='{"responseDetails":[{"code":0,"subCode":0,"description":{echo}}]}',
        echo="header:x-GD-RequestId",
        repeat="x-GD-RequestId",
    ),
    retries_for=86_400,
    notes=(
        "A token from an OAuth server of yours changes: the one that is sent must be among the keys.",
        "What Green Dot signs x-gd-signature with is not published, so that it counts for nothing.",
        "The token authenticates the caller, not the body.",
    ),
)
