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

import collections
import ctypes
import fcntl
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time

import ray

MARK = "sweep "  # in front of a message of worker.ts
TIME_TO_STOP = 30  # seconds that a run has to keep its state
TIME_TO_ANSWER = 10  # seconds
LOOK_EVERY = 5  # seconds between two looks at the nodes
PR_SET_PDEATHSIG = 1


# What runs on the nodes


class Died(Exception):
    """The same run may well succeed elsewhere or later."""


@ray.remote(num_cpus=0, max_restarts=-1, max_task_retries=-1)
class Mail:
    """What the runs say until the driver asks for it. It lives on the head node."""

    def __init__(self):
        self.letters = []

    def put(self, letter):
        self.letters.append(letter)

    def take(self):
        taken, self.letters = self.letters, []
        return taken

    def asks_for_token(self):
        from ray._raylet import AuthenticationMode, get_authentication_mode

        return get_authentication_mode() != AuthenticationMode.DISABLED


def do_run(request, options, mail):
    """The outcome of one try: {"type": "finished" | "failed" | "died", ...}."""

    def say(kind, **fields):
        mail.put.remote({"type": kind, "run": request["run"], "attempt": request["attempt"], **fields})

    node = ray.util.get_node_ip_address()
    project = options["project"] or os.getcwd()  # where Ray puts what it is sent
    try:
        if not os.path.isfile(os.path.join(project, "lib", "sweep", "worker.ts")):
            raise Died(f'the project is not in "{project}"')
        deno = find_deno(options["deno"])
        if options["send"]:
            set_up(deno, project, options["need"]["gpus"] > 0, say)
        say("started", node=node)
        outcome = follow(start(deno, project, options["env"]), request, options["silentEpochs"], say)
    except Died as error:
        return {"type": "died", "reason": f"on {node}, {error}"}
    if outcome["type"] == "finished" and not outcome["storedBefore"]:
        runs = os.path.join(project, "outputs", "runs")
        shutil.rmtree(os.path.join(runs, request["run"]), ignore_errors=True)
    return outcome


def find_deno(version):
    if shutil.which("deno"):
        return ["deno"]
    if shutil.which("npx"):
        return ["npx", "-y", f"deno@{version}"]
    raise Died("there is neither deno nor npx")


def set_up(deno, project, gpu, say):
    """What the tasks do on a reader's machine; once for each copy of the project, by one run at a time."""
    ready = os.path.join(project, ".ready")
    with open(os.path.join(project, ".ready.lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if os.path.exists(ready):
            return
        call([*deno, "install", "--quiet"], project)
        try:
            call([*deno, "run", "-A", "lib/tasks/mod.ts", "setup", *(["--gpu"] if gpu else [])], project)
        except Died as error:
            node = ray.util.get_node_ip_address()
            text = f"on {node}, {error}\nGoing on with a slower back end"
            say("said", message={"type": "warning", "text": text})
        open(ready, "w").close()


def call(command, folder):
    env = {**os.environ, "NO_COLOR": "1"}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise Died(f"{' '.join(command)} failed:{last_lines(done.stderr.splitlines())}")


def start(deno, project, env):
    """A worker process in a group of its own, which ends with this one, however that ends."""
    libc = ctypes.CDLL(None)  # loaded before the fork

    def die_with_parent():
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)

    return subprocess.Popen(
        [*deno, "run", "-A", "--no-check", "lib/sweep/worker.ts"],
        cwd=project,
        env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "NO_COLOR": "1", **env},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=die_with_parent if sys.platform == "linux" else None,
    )


def follow(child, request, silent_epochs, say):
    """Gives a worker its job and listens to it until it ends or is silent for too long."""
    lines, complaint = queue.Queue(), collections.deque(maxlen=20)
    readers = [
        threading.Thread(target=read, args=(child.stdout, lines.put, lambda: lines.put(None)), daemon=True),
        threading.Thread(target=read, args=(child.stderr, complaint.append), daemon=True),
    ]
    patience, last = request["patience"], None
    try:
        for reader in readers:
            reader.start()
        tell_child(child, request["job"])
        heard = time.monotonic()
        while True:
            try:
                line = lines.get(timeout=0.5)  # wakes up: a cancelled task is interrupted between two
            except queue.Empty:
                if time.monotonic() - heard > patience:
                    raise Died(f"it said nothing for {patience:.0f} s and was ended")
                continue
            if line is None:
                break
            message = message_in(line)
            if message is None:
                continue
            heard = time.monotonic()
            if message["type"] in ("finished", "failed"):
                last = message
                continue
            if message["type"] == "epoch":
                patience = max(patience, silent_epochs * message["seconds"])
            say("said", message=message)
        status = child.wait()
        readers[1].join(1)
    except Died:
        kill(child)
        raise
    finally:
        end(child)
    if last is None:
        how = f"was killed (signal {-status})" if status < 0 else f"ended with status {status}"
        raise Died(f"it {how}:{last_lines(complaint) or ' without a word'}")
    return last


def read(stream, take, at_end=lambda: None):
    for line in stream:
        take(line.rstrip("\n"))
    at_end()


def tell_child(child, job):
    try:
        child.stdin.write(json.dumps(job) + "\n")
        child.stdin.flush()
    except BrokenPipeError:
        pass  # it has ended already


def message_in(line):
    """None if the line is not a message: libraries print, too."""
    if not line.startswith(MARK):
        return None
    try:
        return json.loads(line[len(MARK) :])
    except ValueError:
        return None  # it died in the middle of it


def end(child):
    """The end of its input tells a worker to keep its state and end."""
    try:
        child.stdin.close()
    except BrokenPipeError:
        pass
    try:
        child.wait(TIME_TO_STOP)
    except subprocess.TimeoutExpired:
        kill(child)


def kill(child):
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    child.wait()


def last_lines(lines, count=6):
    lines = [line.rstrip() for line in lines if line.strip()]
    return "".join(f"\n    {line}" for line in lines[-count:])


# The driver


class Refused(Exception):
    """The cluster cannot or shall not be used."""


# Succeeds at a cluster that asks for no token.
CALL = "import sys, ray._raylet as r; r.GcsClient(address=sys.argv[1]).get_all_node_info(timeout=10)"


def asks_for_token(mail):
    try:
        return ray.get(mail.asks_for_token.remote())
    except ray.exceptions.RayActorError:
        # nodes without a token cannot call back a driver that has one
        call = [sys.executable, "-c", CALL, ray.get_runtime_context().gcs_address]
        env = {**os.environ, "RAY_AUTH_MODE": "disabled"}
        if subprocess.run(call, env=env, capture_output=True, stdin=subprocess.DEVNULL).returncode == 0:
            return False
        raise


def require_grpc(place):
    """Ray would wait for minutes for something else that listens there."""
    import grpc
    from ray._private.grpc_utils import init_grpc_channel

    try:
        grpc.channel_ready_future(init_grpc_channel(place)).result(timeout=TIME_TO_ANSWER)
    except grpc.FutureTimeoutError:
        raise Refused(f"what listens there does not answer as Ray does") from None


def connect(options):
    from ray._raylet import AuthenticationTokenLoader

    """Joins a cluster; never starts one. Returns its mail."""
    if not options["withoutToken"] and not AuthenticationTokenLoader.instance().has_token():
        raise Refused("this machine has no token")  # a client would wait for minutes
    if options["address"] != "auto":
        require_grpc(options["address"].removeprefix("ray://"))
    env = {}
    if options["send"]:
        env = {"working_dir": options["send"], "excludes": options["leaveOut"]}
    ray.init(address=options["address"], runtime_env=env, log_to_driver=False, logging_level="ERROR")
    mail = Mail.options(resources={"node:__internal_head__": 0.001}).remote()
    if not options["withoutToken"] and not asks_for_token(mail):
        raise Refused("the cluster asks for no token: whoever reaches it runs code on it")
    return mail


class Driver:
    def __init__(self, options, mail, tell):
        self.options, self.mail, self.tell = options, mail, tell
        self.task = ray.remote(do_run)
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
            ray.wait(list(self.pending), num_returns=len(self.pending), timeout=TIME_TO_STOP)


def describe(node):
    has = node["Resources"]
    name, counts = node["NodeManagerAddress"], {"cpus": "CPU", "gpus": "GPU", "memory": "memory"}
    return {"name": name, **{key: has.get(resource, 0) for key, resource in counts.items()}}


def in_words(error):
    lines = str(error).strip().splitlines() or [""]
    line = lines[-1] if isinstance(error, ray.exceptions.RayTaskError) else lines[0]
    return f"{type(error).__name__}: {line}"[:500]


def read_requests(requests, connected):
    for line in sys.stdin:
        requests.put(json.loads(line))
    if connected.is_set():
        requests.put(None)
        time.sleep(TIME_TO_STOP + 5)
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
        mail = connect(options)
        connected.set()
    except Refused as error:
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
