"""A source of provider `custom` as the functions read it."""

from typing import Any, assert_never

from gateway.providers.schema import Answer, Asymmetric, Basic, Hmac, Jwt, Scheme, Token
from hookline.config.custom import Verify
from hookline.config.schema import CustomSource
from hookline.config.signatures import HmacVerify, PublicKeyVerify
from hookline.config.tokens import BasicVerify, JwtVerify, TokenVerify


def compiled(source: CustomSource) -> dict[str, Any]:
    """What gateway.catalog.Source has beyond what every source says."""
    event, answer, scheme = source.event, source.answer, _scheme(source.verify)
    blanked = [f"json:{path}" for path in source.redact]
    if isinstance(scheme, Token) and scheme.place:
        blanked.insert(0, scheme.place)
    return {
        "methods": source.methods,
        "schemes": (scheme,) if scheme else (),
        "id": tuple(place.compiled for place in event.id),
        "type": tuple(place.compiled for place in event.type),
        "items": f"json:{event.items.json_path}" if event.items else "",
        "volatile": source.volatile,
        "handshakes": tuple(handshake.compiled(source.verify) for handshake in source.handshake),
        "answer": Answer(status=answer.status, content_type=answer.content_type, body=answer.body),
        "redact": tuple(dict.fromkeys(blanked)),
    }


def _scheme(verify: Verify) -> Scheme | None:
    match verify:
        case HmacVerify():
            return _hmac(verify)
        case TokenVerify():
            return Token(
                header=verify.header or "",
                prefix=verify.prefix,
                parameter=verify.query or "",
                place=verify.place,
            )
        case BasicVerify():
            return Basic(realm=verify.realm)
        case JwtVerify():
            return _jwt(verify)
        case PublicKeyVerify():
            return _asymmetric(verify)
        case "none":
            return None
        case _:
            assert_never(verify)


def _hmac(verify: HmacVerify) -> Hmac:
    return Hmac(
        header=verify.header or "",
        more_headers=verify.more_headers,
        query=verify.query or "",
        hash=verify.hash,
        encoding=verify.encoding,
        prefix=verify.prefix,
        separator=verify.separator,
        content=verify.content,
        timestamp_header=verify.timestamp_header or "",
        timestamp_unit=verify.timestamp_unit,
        signature_field=verify.signature_field or "",
        timestamp_field=verify.timestamp_field or "",
        tolerance=verify.tolerance,
        key=verify.key,
    )


def _jwt(verify: JwtVerify) -> Jwt:
    return Jwt(
        algorithms=verify.algorithms,
        header=verify.header or "",
        query=verify.query or "",
        prefix=verify.prefix,
        body_hash=verify.body_claim or "",
        body_hash_function=verify.hash,
        body_hash_encoding=verify.encoding,
        issuers=verify.issuer,
        audience=verify.audience,
        # A token that says neither when it ends nor when it was made would be true for ever.
        fresh=("iat",) if verify.tolerance else ("exp",),
        leeway=verify.leeway,
        tolerance=verify.tolerance or 0,
        key_set_url=verify.key_set_url or "",
    )


def _asymmetric(verify: PublicKeyVerify) -> Asymmetric:
    timed = verify.timestamp_header or verify.timestamp_field
    return Asymmetric(
        algorithm=verify.algorithm,
        header=verify.header,
        content=verify.content,
        timestamp_header=verify.timestamp_header or "",
        timestamp_field=verify.timestamp_field or "",
        timestamp_format=verify.timestamp_format,
        signature_field=verify.signature_field or "",
        encoding=verify.encoding,
        signature_form=verify.signature_form,
        kid_header=verify.kid_header or "",
        key_set_url=verify.key_set_url or "",
        tolerance=verify.tolerance if timed else 0,
    )
