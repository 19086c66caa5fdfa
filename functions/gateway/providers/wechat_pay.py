"""WeChat Pay, APIv3. https://pay.weixin.qq.com/doc/global/v3/en/4012354987"""

from gateway.providers.schema import Answer, Asymmetric, Provider

PROVIDER = Provider(
    name="wechat-pay",
    title="WeChat Pay",
    confidence="registry",
    proof="one open registry of webhook schemes",
    docs="https://pay.weixin.qq.com/doc/global/v3/en/4012354987",
    schemes=(
        Asymmetric(
            algorithm="rsa-sha256",
            header="Wechatpay-Signature",
            content="{timestamp}\n{header:Wechatpay-Nonce}\n{body}\n",
            timestamp_header="Wechatpay-Timestamp",
            encoding="base64",
            kid_header="Wechatpay-Serial",
            tolerance=300,
        ),
    ),
    secret=(
        "WeChat Pay's public key or platform certificate (PEM); or several by their serials, as JSON: "
        '{"<serial>": "-----BEGIN …"}'
    ),
    id=("json:id",),
    id_signed=True,
    type=("json:event_type",),
    answer=Answer(content_type="application/json", body='{"code":"SUCCESS","message":"OK"}'),
    retries_for=86_400,
    notes=("What happened stands in `resource`, encrypted with the APIv3 key: subscribers decrypt it.",),
)
