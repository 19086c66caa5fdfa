"""Where in a request a custom source looks for what it needs."""

from typing import Literal

from pydantic import Field, model_validator

from hookline.config.fields import HeaderName, JsonPath, Options, Parameter

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]


class Place(Options):
    """Where in a request a value stands: exactly one of these."""

    json_path: JsonPath | None = Field(None, alias="json")
    """A path into the JSON body, as in data.id; in a batch it is looked for in each item first."""
    header: HeaderName | None = None
    """A header's name."""
    form: Parameter | None = None
    """A field of a form body."""
    query: Parameter | None = None
    """A parameter of the query string."""

    @model_validator(mode="after")
    def _exactly_one(self) -> "Place":
        if len(self._said) != 1:
            *others, last = self._kinds
            raise ValueError(f"a place is exactly one of {', '.join(others)} and {last}, as in {{json: id}}")
        return self

    @property
    def _kinds(self) -> dict[str, str | None]:
        return {"json": self.json_path, "header": self.header, "form": self.form, "query": self.query}

    @property
    def _said(self) -> list[str]:
        return [f"{kind}:{name}" for kind, name in self._kinds.items() if name]

    @property
    def compiled(self) -> str:
        """As gateway.providers.schema writes it: `json:data.id`."""
        return self._said[0]


class EventPlace(Place):
    """Where in a request an event's id or type stands: exactly one of these."""

    claim: JsonPath | None = None
    """A claim of the token that is the body (`body: token`), as in data.id."""

    @property
    def _kinds(self) -> dict[str, str | None]:
        return {**super()._kinds, "claim": self.claim}

    @property
    def compiled(self) -> str:
        return f"jwt:{self.claim}" if self.claim else super().compiled
