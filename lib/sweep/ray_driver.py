"""Does the runs of a sweep as tasks of a Ray cluster. Started by ray_driver.ts.

Usage: ray_driver.py OPTIONS, where OPTIONS is a JSON object:
  address       of the cluster: "auto", "HOST:PORT" or "ray://HOST:PORT"
  withoutToken  whether a cluster that asks for no token will do
  need          what a run takes of its node: {"cpus", "gpus", "memory"}, memory in bytes
  send          the project's folder, which Ray sends to the nodes, or null
  leaveOut      what of it is not sent, as patterns of .gitignore
  project       the project's folder on every node where it is not sent, or null
  env           environment variables of the runs
  deno          the Deno that a node without one gets through npx
  silentEpochs  a run hangs when it is silent for so many of its epochs

Reads requests, a JSON object a line: {"run", "attempt", "job", "patience"}, patience in seconds. The end
of the input cancels what is under way. Prints one JSON object a line, see ray_messages.ts. Nothing of
the project is imported: what runs on the nodes is sent there by Ray.
"""

import json
import os
import queue
import sys
import threading
import time

import ray
import ray_connect
import ray_node
import ray_worker

LOOK_EVERY = 5  # seconds between two looks at the nodes

for module in (ray_connect, ray_node, ray_worker):
    ray.cloudpickle.register_pickle_by_value(module)  # the nodes do not have these files


class Driver:
    def __init__(self, options, mail, tell):
        self.options, self.mail, self.tell = options, mail, tell
        self.task = ray.remote(ray_node.do_run)
        self.pending = {}  # the request of each task
        self.nodes, self.looked = None, 0

    def work(self, requests):
        """Until the input has ended."""
        while True:
            try:
                while True:
                    request = requests.get_nowait()
                    if request is None:
                        return self.cancel()
                    self.submit(request)
            except queue.Empty:
                pass
            self.look()
            self.pass_on()
            done = []
            if self.pending:
                done, _ = ray.wait(list(self.pending), timeout=0.3)
            else:
                time.sleep(0.1)
            for task in done:
                self.finish(task)

    def submit(self, request):
        need = self.options["need"]
        task = self.task.options(
            name=request["run"],
            num_cpus=need["cpus"],
            num_gpus=need["gpus"],
            memory=need["memory"],
            max_retries=0,  # the sweep decides
        )
        self.pending[task.remote(request, self.options, self.mail)] = request

    def look(self):
        """Tells which nodes there are, when that changes."""
        if time.monotonic() - self.looked < LOOK_EVERY:
            return
        self.looked = time.monotonic()
        nodes = sorted(map(describe, filter(lambda node: node["Alive"], ray.nodes())), key=json.dumps)
        if nodes != self.nodes:
            self.nodes = nodes
            self.tell({"type": "cluster", "nodes": nodes})

    def pass_on(self):
        try:
            letters = ray.get(self.mail.take.remote(), timeout=30)
        except (ray.exceptions.RayActorError, ray.exceptions.GetTimeoutError):
            return  # it is being restarted; only progress is lost
        for letter in letters:
            self.tell(letter)

    def finish(self, task):
        request = self.pending.pop(task)
        try:
            outcome = ray.get(task)
        except Exception as error:  # of Ray: the node or the process died, or could not be made ready
            outcome = {"type": "died", "reason": in_words(error)}
        self.pass_on()  # what it said before
        self.tell({"type": "ended", **{k: request[k] for k in ("run", "attempt")}, "outcome": outcome})

    def cancel(self):
        for task in self.pending:
            ray.cancel(task, force=False)
        if self.pending:
            ray.wait(list(self.pending), num_returns=len(self.pending), timeout=ray_worker.TIME_TO_STOP)


def describe(node):
    has = node["Resources"]
    name, counts = node["NodeManagerAddress"], {"cpus": "CPU", "gpus": "GPU", "memory": "memory"}
    return {"name": name, **{key: has.get(resource, 0) for key, resource in counts.items()}}


def in_words(error):
    lines = str(error).strip().splitlines() or [""]
    line = lines[-1] if isinstance(error, ray.exceptions.RayTaskError) else lines[0]
    return f"{type(error).__name__}: {'. '.join(line.split('. ')[:2])}"[:500]


def read_requests(requests, connected):
    for line in sys.stdin:
        requests.put(json.loads(line))
    if connected.is_set():
        requests.put(None)
        time.sleep(ray_worker.TIME_TO_STOP + 5)
    os._exit(1)  # Ray waits for something, for nobody


def own_output():
    """Standard output for messages alone: what Ray prints goes to standard error."""
    output = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return output


def main():
    output, options = own_output(), json.loads(sys.argv[1])

    def tell(message):
        print(json.dumps(message), file=output, flush=True)

    requests, connected = queue.Queue(), threading.Event()
    threading.Thread(target=read_requests, args=(requests, connected), daemon=True).start()
    try:
        mail = ray_connect.connect(options)
        connected.set()
    except ray_connect.Refused as error:
        tell({"type": "refused", "reason": str(error)})
        return 1
    except Exception as error:
        tell({"type": "refused", "reason": f"{type(error).__name__}: {error}"})
        return 1
    try:
        Driver(options, mail, tell).work(requests)
    except BrokenPipeError:
        pass  # the sweep is gone, and what is under way goes with this process
    ray.shutdown()
    return 0


if __name__ == "__main__":
    sys.exit(main())
