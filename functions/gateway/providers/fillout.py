"""Fillout. https://www.fillout.com/help/webhook"""

from gateway.providers.schema import Provider, Token

PROVIDER = Provider(
    name="fillout",
    title="Fillout",
    confidence="docs",
    proof="Fillout's help, as Nango quotes it",
    docs="https://www.fillout.com/help/webhook",
    schemes=(Token(header="X-Fillout-Token", prefix="Bearer ", bare=True),),
    secret=(
        "the text that you enter as the value of a header: Fillout > the form > Integrate > Webhook > "
        "Advanced"
    ),
    settings={"header": "the name of that header; X-Fillout-Token if left out"},
    id=("json:submission.submissionId",),
    notes=(
        "There is one event, a form's submission; it has no type.",
        "The token authenticates the caller, not the body.",
    ),
)
