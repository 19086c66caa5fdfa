"""How property tests run: by the number of examples, whatever else the machine is doing."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "hookline", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("hookline")
