"""Figures for /metrics, read when they are asked for, so that they cost a message nothing."""

from collections.abc import Callable, Iterable, Mapping

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

Figures = Callable[[], Mapping[str, float]]


class _Read(Collector):
    """Counters and gauges from functions; a name that ends in _total is a counter."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures

    def collect(self) -> Iterable[Metric]:
        for name, value in self._figures().items():
            family = CounterMetricFamily if name.endswith("_total") else GaugeMetricFamily
            metric = family(name.removesuffix("_total"), name.replace("_", " "))
            metric.add_metric([], value)
            yield metric


def metrics_of(figures: Figures) -> CollectorRegistry:
    """A registry that asks `figures` at each scrape."""
    registry = CollectorRegistry()
    registry.register(_Read(figures))
    return registry
