"""AiPrise. https://docs.aiprise.com/docs/callbacks-authentication"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="aiprise",
    title="AiPrise",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://docs.aiprise.com/docs/callbacks-authentication",
    schemes=(Hmac(header="X-HMAC-SIGNATURE"),),
    secret="the private API key that the session was started with: AiPrise dashboard > Settings",
    id=("json:verification_session_id",),
    id_signed=True,
    recurs=True,
    type=("json:aiprise_summary.verification_result",),
    notes=("A session's id comes with each of its callbacks, so that redeliveries cannot be told apart.",),
)
