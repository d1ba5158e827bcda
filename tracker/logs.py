"""Log lines for machines: one JSON object a line."""

import json
import logging
from datetime import UTC, datetime


class JsonFormatter(logging.Formatter):
    """Time, level, logger and message; with the request's method, path and status where known."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **self.about_the_request(record),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)

    def about_the_request(self, record: logging.LogRecord) -> dict[str, object]:
        request = getattr(record, "request", None)
        known = {
            "method": getattr(request, "method", None),
            "path": getattr(request, "path", None),
            "status": getattr(record, "status_code", None),
        }
        return {name: value for name, value in known.items() if value is not None}
