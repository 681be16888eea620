"""What happens in, Prometheus metrics out. Holds numbers and the names of entries' kinds, never a text or a person."""

from collections.abc import Callable, Iterator

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily
from prometheus_client.registry import Collector

from bot import __version__

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
        self.ignored = self._counter("ignored_payloads", "Payloads of Slack's that nothing handles", "kind")
        self.failed = self._counter(
            "failed_payloads", "Payloads that a handler failed at, with a line in the log", "kind"
        )
        self.refused = self._counter("refused_requests", "HTTP requests and connections turned away", "reason")
        self.connections = self._counter("line_connections", "Socket Mode connections opened")
        self.lost_connections = self._counter("line_lost", "Socket Mode connections refused or lost", "reason")
        Info(f"{_PREFIX}build", "What runs", registry=self.registry).info({"version": __version__})

    def observe(self, name: str, meaning: str, read: Callable[[], float]) -> None:
        """Add a number that is looked up whenever somebody asks."""
        gauge = Gauge(f"{_PREFIX}{name}", meaning, registry=self.registry)
        gauge.set_function(read)

    def count(self, name: str, meaning: str, read: Callable[[], float]) -> None:
        """Add a number that only grows, and is looked up whenever somebody asks."""
        self.registry.register(_Looked(f"{_PREFIX}{name}", meaning, read))

    def render(self) -> bytes:
        """Return all numbers in Prometheus' text form."""
        return generate_latest(self.registry)

    def _counter(self, name: str, meaning: str, *labels: str) -> Counter:
        return Counter(f"{_PREFIX}{name}", meaning, labels, registry=self.registry)

    def _histogram(self, name: str, meaning: str, label: str, buckets: tuple[float, ...]) -> Histogram:
        return Histogram(f"{_PREFIX}{name}", meaning, [label], buckets=buckets, registry=self.registry)


class _Looked(Collector):
    """A counter whose number is kept elsewhere."""

    def __init__(self, name: str, meaning: str, read: Callable[[], float]) -> None:
        self._name, self._meaning, self._read = name, meaning, read

    def collect(self) -> Iterator[CounterMetricFamily]:
        """Yield the number of now."""
        yield CounterMetricFamily(self._name, self._meaning, value=self._read())
