"""Deepgram. https://developers.deepgram.com/docs/callback"""

from gateway.providers.schema import Provider, Token

PROVIDER = Provider(
    name="deepgram",
    title="Deepgram",
    confidence="registry+",
    proof="Hookdeck's skill; Trigger.dev's registry",
    docs="https://developers.deepgram.com/docs/callback",
    schemes=(Token(header="dg-token"),),
    secret="the API Key Identifier of the key that you transcribe with: Deepgram Console > API Keys",
    id=("json:metadata.request_id",),
    type=("has:results", "has:err_code"),
    notes=(
        "The identifier is no secret among the members of a project.",
        "The token authenticates the caller, not the body.",
    ),
)
