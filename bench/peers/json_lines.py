"""One request a line on standard input, one answer a line on standard output, both JSON."""

import json
import sys
import time


def serve(handlers):
    """Answers {"do": name, ...} by handlers[name](...); an exception becomes {"error": message}."""
    answers = sys.stdout
    # What libraries print must not stand between the answers.
    sys.stdout = sys.stderr
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = handlers[request.pop("do")](**request)
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), file=answers, flush=True)


def milliseconds(work):
    """Wall time of work(), and what it returned."""
    started = time.perf_counter()
    result = work()
    return (time.perf_counter() - started) * 1000, result
