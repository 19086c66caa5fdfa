"""PayPro Global. https://developers.payproglobal.com/docs/webhooks/"""

from gateway.providers.schema import Fields, Provider

PROVIDER = Provider(
    name="paypro-global",
    title="PayPro Global",
    confidence="registry",
    proof="one open registry",
    docs="https://developers.payproglobal.com/docs/webhooks/",
    schemes=(
        Fields(
            signature="form:SIGNATURE",
            content=(
                "{form:ORDER_ID}{form:ORDER_STATUS}{form:ORDER_TOTAL_AMOUNT}{form:CUSTOMER_EMAIL}{key}"
                "{form:TEST_MODE}{form:IPN_TYPE_NAME}"
            ),
            keyed=False,
        ),
    ),
    secret="the validation key, not the secret key: PayPro Global > Store settings > General settings",
    id=("form:ORDER_ID",),
    recurs=True,
    type=("form:IPN_TYPE_NAME",),
    retries_for=3 * 30 * 60,
    notes=(
        "Six fields of the form are signed, with a plain hash.",
        "Nothing stands between these fields: digits of one, the amount's too, can move to the next.",
        "An order has several notifications, and they have no id of their own.",
    ),
)
