"""What happens in, Prometheus metrics out. Holds numbers and the names of entries' kinds, never a text or a person."""

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

_PREFIX = "flatcar_faq_"
_CONFIDENCE = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """The numbers of one process, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)  # memory and processor time, on Linux
        self.questions = self._counter("questions", "Questions replied to", "surface", "kind")
        self.confidence = self._histogram("confidence", "Confidence of the best entry", "kind", _CONFIDENCE)
        self.reply_seconds = self._histogram("reply_seconds", "From a message to its reply", "surface", _SECONDS)
        self.slack_calls = self._counter("slack_calls", "Calls of Slack's Web API", "method")
        self.slack_errors = self._counter("slack_errors", "Calls that Slack refused or missed", "method", "error")
        self.reloads = self._counter("reloads", "FAQ files read anew", "result")
        self.limited = self._counter("limited", "Questions beyond one person's rate")

    def observe(self, name: str, meaning: str, read: Callable[[], float]) -> None:
        """Add a number that is looked up whenever somebody asks."""
        gauge = Gauge(f"{_PREFIX}{name}", meaning, registry=self.registry)
        gauge.set_function(read)

    def render(self) -> bytes:
        """Give all numbers in Prometheus' text form."""
        return generate_latest(self.registry)

    def _counter(self, name: str, meaning: str, *labels: str) -> Counter:
        return Counter(f"{_PREFIX}{name}", meaning, labels, registry=self.registry)

    def _histogram(self, name: str, meaning: str, label: str, buckets: tuple[float, ...]) -> Histogram:
        return Histogram(f"{_PREFIX}{name}", meaning, [label], buckets=buckets, registry=self.registry)
