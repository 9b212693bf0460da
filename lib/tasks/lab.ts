/** `deno task lab`: JupyterLab on the notebooks. @module */
import { dirname } from "@std/path";
import { lastLines, runCommand } from "../setup/command.ts";
import { setUpPython } from "../setup/python.ts";
import { MINE, PROJECT_ROOT, PUBLISHED } from "../support/files.ts";
import { helpText, type TaskHelp } from "./help.ts";
import { listNotebooks, setUpBackend } from "./prepare.ts";

const HELP: TaskHelp = {
  name: "lab",
  about:
    "Sets up what is missing and starts JupyterLab from the project's own Python environment (.venv), with\n" +
    "the Deno kernel and the Plotly renderer, opened on the index of the notebooks. It answers on 127.0.0.1\n" +
    "only. The executed notebooks of the project are signed for you, so that JupyterLab trusts their outputs.\n" +
    "What is given here goes on to JupyterLab, for example --no-browser --port 8889.",
};

/**
 * Runs the task until JupyterLab ends.
 * @param args Arguments after its name, for JupyterLab.
 * @returns JupyterLab's exit status.
 */
export async function main(args: string[]): Promise<number> {
  if (args.includes("--help") || args.includes("-h")) {
    console.log(helpText(HELP));
    return 0;
  }
  await setUpBackend();
  const { python, jupyterPath } = await setUpPython("lab");
  await trustExecuted(python);
  const child = new Deno.Command(python, {
    args: labArguments(args, { root: PROJECT_ROOT, superuser: Deno.uid() === 0 }),
    cwd: PROJECT_ROOT,
    env: {
      JUPYTER_PATH: jupyterPath,
      JUPYTER_PREFER_ENV_PATH: "1",
      PATH: [dirname(python), Deno.env.get("PATH") ?? ""].join(":"),
      PYTHONPATH: "",
      TF_CPP_MIN_LOG_LEVEL: "3",
    },
  }).spawn();
  Deno.addSignalListener("SIGINT", () => {}); // JupyterLab asks whether to stop
  Deno.addSignalListener("SIGTERM", () => child.kill("SIGTERM"));
  return (await child.status).code;
}

/**
 * Signs the executed copies, published and own, for this user: JupyterLab shows the HTML and the players
 * of trusted notebooks only. Those in notebooks/ have no outputs, and what runs in JupyterLab is trusted.
 */
export async function trustExecuted(python: string): Promise<void> {
  const notebooks = [...await listNotebooks([], PUBLISHED), ...await listNotebooks([], MINE)];
  const { code, stderr } = await runCommand([python, "-m", "jupyter", "trust", ...notebooks]);
  if (code !== 0) console.warn(`The executed notebooks stay untrusted:${lastLines(stderr, 3)}`);
}

/** The command line of JupyterLab after `python`. */
export function labArguments(
  args: readonly string[],
  { root, superuser }: { root: string; superuser: boolean },
): string[] {
  return [
    ...["-m", "jupyterlab", `--ServerApp.root_dir=${root}`, "--ServerApp.ip=127.0.0.1"],
    ...["--LabApp.default_url=/lab/tree/notebooks/index.ipynb", "--LabApp.news_url=None"],
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ...(superuser ? ["--allow-root"] : []),
    ...args,
  ];
}
