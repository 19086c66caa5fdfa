"""Grafana Alerting. https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="grafana",
    title="Grafana Alerting",
    confidence="registry",
    proof="one public registry of webhook signatures",
    docs="https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/",
    schemes=(Hmac(header="X-Grafana-Alerting-Signature"),),
    secret="the HMAC signature's secret that you enter for the webhook contact point",
    type=("json:status",),
    notes=("Leave the contact point's header name as it is, and its timestamp header empty.",),
)
