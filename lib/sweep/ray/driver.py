"""The runs of a sweep as tasks of a Ray cluster. engine.ts starts it: driver.py OPTIONS, a JSON object:

  address       of the cluster: "auto", "HOST:PORT" or "ray://HOST:PORT"
  withoutToken  whether a cluster that asks for no token will do
  need          what a run takes of its node: {"cpus", "gpus", "memory"}, memory in bytes
  send          the project's folder, which Ray sends to the nodes, or null
  leaveOut      what of it is not sent, as patterns of .gitignore
  project       the project's folder on every node where it is not sent, or null
  env           environment variables of the runs
  deno          the Deno that a node without one gets through npx

It prints the cluster, reads jobs for node.ts as one line of JSON, a list, does them and prints what happens,
one JSON object a line. The end of its input ends it, and Ray ends what is under way. Nothing of the project
is imported: Ray sends the functions of this file to the nodes.
"""

import collections
import contextlib
import ctypes
import json
import math
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time

import grpc
import ray

TRIES_AGAIN = 3  # how often Ray does a run again whose node or process has died
TIME_TO_ANSWER = 10  # seconds
TIME_TO_END = 30  # seconds
NODE = "lib/sweep/ray/node.ts"
MARK = "sweep "  # in front of what node.ts says; libraries print, too
PR_SET_PDEATHSIG = 1


class Refused(Exception):
    """The cluster cannot or shall not be used."""


class Died(Exception):
    """The same run may well succeed elsewhere or later."""


@ray.remote(num_cpus=0, max_restarts=-1, max_task_retries=-1)
class Mail:
    """What the runs say on the way, until the driver asks for it. It lives on the head node."""

    def __init__(self):
        self.letters = []

    def put(self, letter):
        self.letters.append(letter)

    def take(self):
        taken, self.letters = self.letters, []
        return taken

    def asks_for_token(self):
        return os.environ.get("RAY_AUTH_MODE", "").lower() == "token"  # Ray has no other place for it


def do_run(job, options, mail):
    """One try, on a node: the last word of node.ts. Ray tries again after any exception."""
    try:
        return follow(start(options), job, lambda said: mail.put.remote({"run": job["run"], **said}))
    except Exception as error:
        reason = f"on {ray.util.get_node_ip_address()}, {error}"
        mail.put.remote({"run": job["run"], "type": "died", "reason": reason})
        raise Died(reason) from None


def start(options):
    """node.ts, which is asked to stop when this process ends, however that ends."""
    project = options["project"] or os.getcwd()  # where Ray puts what it is sent
    if not os.path.isfile(os.path.join(project, NODE)):
        raise Died(f'the project is not in "{project}"')
    if not (shutil.which("deno") or shutil.which("npx")):
        raise Died("there is neither deno nor npx")
    deno = ["deno"] if shutil.which("deno") else ["npx", "-y", f"deno@{options['deno']}"]
    libc = ctypes.CDLL(None)  # loaded before the fork
    return subprocess.Popen(
        [*deno, "run", "-A", "--no-check", NODE],
        cwd=project,
        env={**os.environ, "NO_COLOR": "1", **options["env"]},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        preexec_fn=(lambda: libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)) if sys.platform == "linux" else None,
    )


def follow(child, job, say):
    """Gives node.ts its job and passes on what it says."""
    rest = collections.deque(maxlen=6)
    with child:
        with contextlib.suppress(BrokenPipeError):  # it has ended already
            os.write(child.stdin.fileno(), f"{json.dumps(job)}\n".encode())
        for line in child.stdout:
            if not line.startswith(MARK):
                rest.append(f"\n    {line.rstrip()}")
                continue
            said = json.loads(line[len(MARK) :])
            if said["type"] == "died":
                raise Died(said["reason"])
            if said["type"] in ("finished", "failed"):
                return said
            say(said)
        raise Died(f"Deno ended with status {child.wait()}:{''.join(rest) or ' without a word'}")


def connect(options):
    """Joins a cluster, which is never started and must ask for a token; gives its mail."""
    address = options["address"]
    if os.environ["RAY_AUTH_MODE"] == "token" and not has_token():
        raise Refused("this machine has no token")  # Ray would wait for minutes
    if address != "auto" and os.environ.get("RAY_USE_TLS") != "1":
        require_answer(address.removeprefix("ray://"))
    env = {"working_dir": options["send"], "excludes": options["leaveOut"]} if options["send"] else {}
    ray.init(address=address, runtime_env=env, log_to_driver=False, logging_level="ERROR")
    mail = Mail.options(resources={"node:__internal_head__": 0.001}).remote()
    try:
        asks = options["withoutToken"] or ray.get(mail.asks_for_token.remote())
    except ray.exceptions.RayActorError:
        asks = False  # nodes without a token cannot answer a driver that has one
    if not asks:
        raise Refused("the cluster asks for no token: whoever reaches it runs code on it")
    return mail


def has_token():
    path = os.environ.get("RAY_AUTH_TOKEN_PATH") or os.path.expanduser("~/.ray/auth_token")
    return bool(os.environ.get("RAY_AUTH_TOKEN")) or os.path.exists(path)


def require_answer(place):
    """Ray would wait for minutes where nothing is, or something else."""
    with grpc.insecure_channel(place) as channel:
        try:
            grpc.channel_ready_future(channel).result(timeout=TIME_TO_ANSWER)
        except grpc.FutureTimeoutError:
            raise Refused(f"nothing there has answered as Ray does in {TIME_TO_ANSWER} s") from None


def cluster_now(need):
    """How many runs the nodes can host at once, and that in words."""
    nodes = [node["Resources"] for node in ray.nodes() if node["Alive"]]
    places = sum(places_on(node, need) for node in nodes)
    cpus, gpus = (sum(node.get(name, 0) for node in nodes) for name in ("CPU", "GPU"))
    text = f"Ray cluster of {count(len(nodes), 'node')} with {count(cpus, 'CPU')} and {count(gpus, 'GPU')}: "
    text += f"{count(places, 'run')} at once, each with {count(need['cpus'], 'CPU')}, "
    text += f"{count(need['gpus'], 'GPU')} and {need['memory'] / 1e9:g} GB of memory"
    if not places:
        text += "\nWarning: no node has as much; the runs wait for one that does; Ctrl-C ends that"
    return {"type": "cluster", "places": places, "text": text}


def places_on(node, need):
    """Shares of a GPU are of one card: 0.4 fits twice on each."""

    def fits(there, part):
        return int(there) * math.floor(1 / part + 1e-9) if part < 1 else int(there // part)

    resources = {"cpus": "CPU", "gpus": "GPU", "memory": "memory"}
    return min(fits(node.get(name, 0), need[part]) for part, name in resources.items() if need[part])


def count(number, what):
    return f"{number:g} {what}{'' if number == 1 else 's'}"


def work(jobs, options, mail, tell, ended):
    """Until all is done, or the input has ended."""
    need = options["need"]
    taken = {"num_cpus": need["cpus"], "num_gpus": need["gpus"], "memory": need["memory"]}
    task = ray.remote(max_retries=TRIES_AGAIN, retry_exceptions=True, **taken)(do_run)
    tasks = {task.options(name=job["run"]).remote(job, options, mail): job["run"] for job in jobs}
    cluster = cluster_now(need)
    while tasks and not ended.is_set():
        done, _ = ray.wait(list(tasks), timeout=0.5)
        with contextlib.suppress(ray.exceptions.RayActorError, ray.exceptions.GetTimeoutError):
            for letter in ray.get(mail.take.remote(), timeout=30):  # only progress is lost if it is restarted
                tell(letter)
        for each in done:
            tell({"run": tasks.pop(each), **outcome_of(each)})
        if (now := cluster_now(need)) != cluster:
            tell(cluster := now)


def outcome_of(task):
    try:
        return ray.get(task)
    except Exception as error:  # Ray has tried again
        cause = getattr(error, "cause", None) or error
        reason = str(cause) if type(cause).__name__ == "Died" else f"{type(error).__name__}: {error}"
        return {"type": "failed", "reason": reason[:1000], "diskFull": False}


def read(lines, connected, ended):
    for line in sys.stdin:
        lines.put(json.loads(line))
    ended.set()
    lines.put([])
    time.sleep(TIME_TO_END if connected.is_set() else 0)
    os._exit(1)  # Ray waits for something, for nobody


def main():
    output = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what Ray prints goes to standard error
    options = json.loads(sys.argv[1])

    def tell(message):
        print(json.dumps(message), file=output, flush=True)

    lines, connected, ended = queue.Queue(), threading.Event(), threading.Event()
    threading.Thread(target=read, args=(lines, connected, ended), daemon=True).start()
    try:
        mail = connect(options)
    except Exception as error:
        name = "" if isinstance(error, Refused) else f"{type(error).__name__}: "
        return tell({"type": "refused", "reason": f"{name}{error}"})
    connected.set()
    with contextlib.suppress(BrokenPipeError):  # the sweep is gone, and what is under way goes with this process
        tell(cluster_now(options["need"]))
        work(lines.get(), options, mail, tell, ended)
    ray.shutdown()


if __name__ == "__main__":
    main()
