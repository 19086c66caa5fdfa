"""AssemblyAI. https://www.assemblyai.com/docs/deployment/webhooks"""

from gateway.providers.schema import Provider, Token

PROVIDER = Provider(
    name="assemblyai",
    title="AssemblyAI",
    confidence="registry",
    proof="Trigger.dev's registry",
    docs="https://www.assemblyai.com/docs/deployment/webhooks",
    schemes=(Token(bare=True, prefix="Bearer "),),
    secret="the text that you send as webhook_auth_header_value with each transcription",
    settings={"header": "the name that you send as webhook_auth_header_name with each transcription"},
    required=("header",),
    id=("json:transcript_id",),
    type=("json:status",),
    notes=(
        "A redaction's webhook has no transcript id: its redeliveries cannot be told apart.",
        "The token authenticates the caller, not the body.",
    ),
)
