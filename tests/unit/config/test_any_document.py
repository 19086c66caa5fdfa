"""Whatever stands in hookline.yaml, it is either read or told about; nothing else comes out."""

import json
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hookline.config.compile import compile_document, rule_pattern
from hookline.config.load import Loaded, load
from hookline.config.mistakes import ConfigurationError

NAMES = """
    sources subscribers domain name certificate public_url provider path verify scheme header hash content
    event id type items json
    form throttle rate burst deduplicate window retention tolerance volatile methods answer status events
    source
    match function queue retry waits jitter attempts state $or prefix numeric exists anything-but <custom>
    [key] a 0
"""
VALUES = """
    active draining 10s stripe github custom none hmac token 5m 90d {body} {timestamp} POST X-S payments
    a.b * > /a
"""
CUSTOM = ("verify", "event", "path", "throttle", "deduplicate", "methods", "answer")

scalars = st.one_of(
    st.sampled_from(VALUES.split()),
    st.none(),
    st.booleans(),
    st.integers(-1, 100),
    st.floats(),
    st.text(max_size=3),
)
anything = st.recursive(
    scalars,
    lambda below: st.one_of(
        st.lists(below, max_size=3), st.dictionaries(st.sampled_from(NAMES.split()), below, max_size=5)
    ),
    max_leaves=12,
)
sources = st.fixed_dictionaries(
    {"provider": st.sampled_from(["stripe", "custom", "github"]) | anything},
    optional=dict.fromkeys(CUSTOM, anything),
)
subscribers = st.fixed_dictionaries(
    {"events": st.dictionaries(st.sampled_from(["source", "provider", "type", "match"]), anything)},
    optional={
        "queue": st.just({}) | anything,
        "function": scalars,
        "state": scalars,
        "retry": st.dictionaries(st.sampled_from(["waits", "jitter", "attempts"]), anything) | anything,
        "rate": scalars,
    },
)
documents = anything | st.fixed_dictionaries(
    {"sources": st.dictionaries(st.sampled_from(["a", "b", "<known>", "[a"]), sources | anything)},
    optional={"subscribers": st.dictionaries(st.sampled_from(["a", "b"]), subscribers | anything)},
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(documents)
def test_a_document_is_compiled_or_its_mistakes_are_told(tmp_path: Path, document: Any) -> None:
    path = tmp_path / "hookline.yaml"
    path.write_text(json.dumps(document))
    loaded = _load(path)
    if isinstance(loaded, ConfigurationError):
        assert loaded.mistakes
        assert all(line.startswith(str(path)) for line in loaded.mistakes)
        return
    assert compile_document(loaded.configuration)
    for name, subscriber in loaded.configuration.subscribers.items():
        json.dumps(rule_pattern(name, subscriber), allow_nan=False)


def _load(path: Path) -> Loaded | ConfigurationError:
    try:
        return load(path, path.parent)
    except ConfigurationError as error:
        return error
