"""SDKs of providers that sign by a JSON Web Token."""

from registry import Question, signs, verifies


@verifies("google-pubsub")
def google_pubsub(asked: Question) -> object:
    from google.auth import jwt

    # What id_token.verify_token does once it has fetched Google's keys, and what the documentation adds:
    # https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions
    claims = jwt.decode(_bearer(asked), certs=asked.key["keys"], audience=asked.key["audience"])
    return (
        claims["iss"] in ("https://accounts.google.com", "accounts.google.com")
        and claims["email"] == asked.key["email"]
        and claims["email_verified"] is True
    )


@verifies("jira-connect")
def jira_connect(asked: Question) -> object:
    import atlassian_jwt

    class App(atlassian_jwt.Authenticator):
        def get_shared_secret(self, _client_key: str) -> str:
            return str(asked.key)

    return App().authenticate(asked.method, _path(asked), asked.headers)


@signs("jira-connect")
def jira_connect_signs(asked: Question) -> dict[str, str]:
    import atlassian_jwt

    return {"authorization": f"JWT {atlassian_jwt.encode_token(asked.method, _path(asked), 'ck', asked.key)}"}


def _path(asked: Question) -> str:
    return "/" + asked.url.split("/", 3)[3]


@verifies("livekit")
def livekit(asked: Question) -> object:
    from livekit.api import TokenVerifier, WebhookReceiver

    verifier = TokenVerifier(asked.key["api_key"], asked.key["secret"])
    return WebhookReceiver(verifier).receive(asked.text, asked.header("authorization"))


@signs("livekit")
def livekit_signs(asked: Question) -> dict[str, str]:
    import base64
    import hashlib

    from livekit.api import AccessToken

    digest = base64.b64encode(hashlib.sha256(asked.body).digest()).decode()
    token = AccessToken(asked.key["api_key"], asked.key["secret"]).with_sha256(digest)
    return {"authorization": token.to_jwt()}


@verifies("messagebird-bird")
def messagebird(asked: Question) -> object:
    from messagebird.request_validator import RequestValidator

    token = asked.header("messagebird-signature-jwt")
    return RequestValidator(asked.key).validate_signature(token, asked.url, asked.body)


@verifies("qstash")
def qstash(asked: Question) -> object:
    from qstash import Receiver

    receiver = Receiver(current_signing_key=asked.key, next_signing_key=asked.key)
    return receiver.verify(signature=asked.header("upstash-signature"), body=asked.text, url=asked.url)


@verifies("vonage")
def vonage(asked: Question) -> object:
    import hashlib

    import jwt
    from vonage_jwt import verify_signature

    token = _bearer(asked)
    if not verify_signature(token, asked.key):
        return False
    # The SDK leaves the body to its caller:
    # https://developer.vonage.com/en/getting-started/concepts/webhooks#validate-the-payload-hash
    claims = jwt.decode(token, options={"verify_signature": False})
    return bool(claims["payload_hash"] == hashlib.sha256(asked.body).hexdigest())


def _bearer(asked: Question) -> str:
    scheme, _, token = asked.header("authorization").partition(" ")
    if scheme.lower() != "bearer":
        raise ValueError(f"{scheme!r} is not Bearer")
    return token
