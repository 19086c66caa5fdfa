"""Jobber. https://developer.getjobber.com/docs/using_jobbers_api/setting_up_webhooks/"""

from gateway.providers.schema import Hmac, Provider

PROVIDER = Provider(
    name="jobber",
    title="Jobber",
    confidence="registry+",
    proof="public registries of webhook signatures that agree",
    docs="https://developer.getjobber.com/docs/using_jobbers_api/setting_up_webhooks/",
    schemes=(Hmac(header="X-Jobber-Hmac-SHA256", encoding="base64"),),
    secret="the app's client secret: Jobber Developer Center > the app",
    type=("json:data.webHookEvent.topic",),
    answer_within=1,
)
