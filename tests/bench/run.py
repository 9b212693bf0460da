"""One measurement of the Python peer: run.py JOB, where JOB is the path of a job as JSON.

Jobs are described in rows.ts, answers in rounds.ts. The last line of the output is the answer.
"""

import importlib
import json
import os
import platform
import sys

MODULES = {"training": "training", "dbn": "deep_belief", "features": "features"}


def main():
    os.environ["KERAS_BACKEND"] = "tensorflow"  # whatever the reader's own settings say
    with open(sys.argv[1], encoding="utf-8") as file:
        job = json.load(file)
    answer = importlib.import_module(MODULES[job["work"]]).measure(job)
    from clocks import all_processor_seconds

    answer["versions"]["python"] = platform.python_version()
    answer["cpuSeconds"] = all_processor_seconds()
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
