"""WooCommerce. https://developer.woocommerce.com/docs/best-practices/urls-and-routing/webhooks/"""

from gateway.providers.schema import Handshake, Hmac, Provider

PROVIDER = Provider(
    name="woocommerce",
    title="WooCommerce",
    confidence="docs",
    proof="WooCommerce source, class-wc-webhook.php",
    docs="https://developer.woocommerce.com/docs/best-practices/urls-and-routing/webhooks/",
    schemes=(Hmac(header="X-WC-Webhook-Signature", encoding="base64"),),
    secret="the secret that you enter for the webhook: WooCommerce > Settings > Advanced > Webhooks",
    id=("header:X-WC-Webhook-Delivery-ID",),
    recurs=True,
    type=("header:X-WC-Webhook-Topic",),
    handshakes=(
        # On saving, unsigned; it must be exactly 200.
        Handshake(
            methods=("POST",),
            unsigned=True,
            there=("form:webhook_id",),
            absent=("header:X-WC-Webhook-Signature",),
        ),
    ),
    retries_for=0,
    answer_within=60,
    notes=(
        "The delivery's id is that of a webhook and a second, so that it names no event.",
        "When a webhook is saved WooCommerce calls it once without a signature.",
    ),
)
