"""An alarm: what it looks at, when it goes off, and what to do first then."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct

MINUTE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """statistic: such as `Sum` or `p99`. dimensions: exactly those that the metric is sent with."""

    namespace: str
    name: str
    statistic: str
    dimensions: Mapping[str, str] = field(default_factory=dict)

    @property
    def charged(self) -> int:
        return 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """Metric math. metrics: by the name that they have in the expression."""

    expression: str
    metrics: Mapping[str, Metric]

    @property
    def charged(self) -> int:
        return len(self.metrics)


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """The sum of all metrics of one name with one dimension in common, by CloudWatch Metrics Insights.

    dimensions: all that the metric is sent with. where: the one in common, with its value.
    https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-querylanguage.html
    """

    namespace: str
    name: str
    dimensions: tuple[str, ...]
    where: tuple[str, str]

    @property
    def expression(self) -> str:
        schema = ", ".join((f'"{self.namespace}"', *self.dimensions))
        common, value = self.where
        return f"SELECT SUM({self.name}) FROM SCHEMA({schema}) WHERE {common} = '{value}'"  # noqa: S608

    @property
    def charged(self) -> int:
        """CloudWatch charges for each metric that it looks at.

        AWS sends those that are queried here only when something failed, so that there is none most of the
        time; one is counted all the same.
        """
        return 1


Measure = Metric | Formula | Query


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """Goes off when the measure is above a threshold in so many periods in a row.

    id: its heading in docs/operations.md. first: what to do first, as whoever is woken reads it. period in
    seconds. least: whether the threshold itself is too much already. below: it goes off below the threshold
    instead. heartbeat: what the measure is of says it all the time, so that its silence is as bad.
    """

    id: str
    first: str
    threshold: float
    period: int
    periods: int = 1
    least: bool = False
    below: bool = False
    heartbeat: bool = False

    @property
    def comparison(self) -> str:
        if self.below:
            return "LessThanThreshold"
        return "GreaterThanOrEqualToThreshold" if self.least else "GreaterThanThreshold"

    def over(self, scope: Construct, measure: Measure, *, name: str, topic: str) -> cloudwatch.CfnAlarm:
        """The alarm in a template. topic: the ARN of the one that is told, also when it is over."""
        plain = measure if isinstance(measure, Metric) else None
        percentile = plain is not None and plain.statistic.startswith("p")
        return cloudwatch.CfnAlarm(
            scope,
            self.id,
            alarm_name=name,
            alarm_description=f"{self.first} Runbook: docs/operations.md#{self.id}",
            comparison_operator=self.comparison,
            threshold=self.threshold,
            evaluation_periods=self.periods,
            datapoints_to_alarm=self.periods,
            # Nothing was sent, refused or parked: most of these metrics are missing when nothing happens.
            treat_missing_data="breaching" if self.heartbeat else "notBreaching",
            alarm_actions=[topic],
            ok_actions=[topic],
            namespace=plain.namespace if plain else None,
            metric_name=plain.name if plain else None,
            dimensions=_dimensions(plain) if plain else None,
            statistic=plain.statistic if plain and not percentile else None,
            extended_statistic=plain.statistic if plain and percentile else None,
            period=self.period if plain else None,
            metrics=None if isinstance(measure, Metric) else self._queries(measure),
        )

    def _queries(self, measure: Formula | Query) -> list[cloudwatch.CfnAlarm.MetricDataQueryProperty]:
        if isinstance(measure, Query):
            return [
                cloudwatch.CfnAlarm.MetricDataQueryProperty(
                    id="found", expression=measure.expression, period=self.period, return_data=True
                )
            ]
        return [
            cloudwatch.CfnAlarm.MetricDataQueryProperty(
                id="result", expression=measure.expression, return_data=True
            ),
            *(
                cloudwatch.CfnAlarm.MetricDataQueryProperty(
                    id=name,
                    metric_stat=cloudwatch.CfnAlarm.MetricStatProperty(
                        metric=cloudwatch.CfnAlarm.MetricProperty(
                            namespace=metric.namespace,
                            metric_name=metric.name,
                            dimensions=_dimensions(metric),
                        ),
                        period=self.period,
                        stat=metric.statistic,
                    ),
                    return_data=False,
                )
                for name, metric in measure.metrics.items()
            ),
        ]


def _dimensions(metric: Metric) -> list[cloudwatch.CfnAlarm.DimensionProperty] | None:
    return [
        cloudwatch.CfnAlarm.DimensionProperty(name=name, value=value)
        for name, value in metric.dimensions.items()
    ] or None
