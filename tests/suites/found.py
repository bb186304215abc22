"""Looking up across streams in memory, by the same fold as the view on MongoDB."""

from services.escalation.found import Correction, found_by


class FoundInMemory:
    """Reads the whole log for each question."""

    def __init__(self, log):
        self.log = log

    def _documents(self):
        streams = {done.stream for done in self.log.read(0, 100_000)}
        return {stream: found_by(self.log.stream(stream)) for stream in sorted(streams)}

    def ordering(self):
        return [stream for stream, shown in self._documents().items() if shown.get("orders")]

    def pending(self, request, but):
        about = self._about(request)
        others = [shown for stream, shown in about.items() if stream != but]
        return frozenset(ground for each in others for ground in each.get("pending", ()))

    def corrections(self):
        return [
            Correction(objection, shown["corrected"]["id"], shown["corrected"]["said"])
            for stream, shown in self._documents().items()
            if "corrected" in shown and "request" not in shown
            for objection, known in self._about(stream.partition("/")[2]).items()
            if known["regime"] != shown["corrected"]["said"]["regime"]
        ]

    def _about(self, request):
        known = self._documents().items()
        return {stream: shown for stream, shown in known if shown.get("request") == request}
