/** `deno task test`: everything that must hold before a change is taken. @module */
import { basename, join } from "@std/path";
import { type CommandOptions, runCommand } from "ser/setup/command.ts";
import { LiveLine } from "ser/notebook/live.ts";
import { setUpPython } from "ser/setup/python.ts";
import { PROJECT_ROOT } from "ser/support/files.ts";
import { executeNotebook } from "ser/tasks/execute.ts";
import { oneOf, parseTaskArgs, type TaskHelp } from "ser/tasks/help.ts";
import { runMain } from "ser/tasks/mod.ts";
import { listNotebooks, setUpBackend } from "ser/tasks/prepare.ts";
import { checkNotebooks } from "./notebook_check.ts";
import { formatComplaints } from "./notebook_format.ts";
import {
  countText,
  oneCheck,
  parseTestSummary,
  runSteps,
  type Step,
  type StepResult,
  sumResults,
} from "./steps.ts";

const PARTS = ["check", "unit", "notebooks"] as const;

const HELP: TaskHelp = {
  name: "test",
  about:
    "Sets up what is missing, then checks formatting, lint and types (of the notebooks' cells, too), runs the\n" +
    "unit tests with the examples in the documentation, those of steps that C++ does once more without it, and\n" +
    "executes every notebook in quick mode in a real Deno kernel. " +
    'The last line is "N passed, N failed"; the exit status is 1 if any failed.',
  options: [["--only PART", `one part: ${PARTS.join(", ")}`]],
};

/**
 * Runs the task.
 * @param args Arguments after its name.
 * @returns 0 if nothing failed, else 1.
 */
export async function main(args: string[]): Promise<number> {
  const parsed = parseTaskArgs(args, HELP);
  if (!parsed) return 0;
  const { values } = parsed;
  const only = values.only === undefined ? undefined : oneOf("--only", String(values.only), PARTS);
  if (only !== "check") await setUpBackend();
  const line = new LiveLine();
  const steps = [
    ...(only === undefined || only === "check" ? await checkSteps() : []),
    ...(only === undefined || only === "unit" ? unitSteps(line) : []),
    ...(only === undefined || only === "notebooks" ? [notebookStep(line)] : []),
  ];
  const result = await runSteps(steps, (text) => {
    line.end();
    console.log(text);
  });
  console.log(`\n${countText(result)}`);
  return result.failed > 0 ? 1 : 0;
}

const QUIET: CommandOptions = {
  cwd: PROJECT_ROOT,
  env: { NO_COLOR: "1", RUST_BACKTRACE: "0", TF_CPP_MIN_LOG_LEVEL: "3" },
};

/** Formatting, lint and types. */
async function checkSteps(): Promise<Step[]> {
  const deno = (name: string, ...args: string[]): Step => ({
    name,
    run: async () => {
      const result = await runCommand([Deno.execPath(), ...args], QUIET);
      return oneCheck(result.code === 0 ? "" : (result.stderr + result.stdout).trim());
    },
  });
  const notebooks = await listNotebooks();
  const cells = async () => {
    const findings = await checkNotebooks(notebooks);
    return sumResults(
      findings.map(({ notebook, complaints }) =>
        oneCheck(complaints && `${notebook}:\n${complaints}`)
      ),
    );
  };
  return [
    deno("formatting", "fmt", "--check"),
    {
      name: "formatting of the notebooks' cells",
      run: async () => sumResults(await Promise.all(notebooks.map(formatted))),
    },
    deno("lint", "lint", "--quiet"),
    deno("types", "check", "--quiet", "--doc", "lib", "tests"),
    { name: "types and lint of the notebooks' cells", run: cells },
  ];
}

const formatted = async (path: string): Promise<StepResult> =>
  oneCheck(await formatComplaints(path));

/** Where a step has two implementations, C++ and plain TypeScript. */
const TWICE = ["backend", "layers", "dbn", "training"].map((name) => join("tests", name));

/** The unit tests and the examples in the documentation, and what C++ hides of them once more without it. */
const unitSteps = (line: LiveLine): Step[] => [
  unitStep(line, "unit tests and documentation examples", ["--doc", "lib", "tests"]),
  unitStep(line, "the same steps in plain TypeScript", TWICE, { SER_KERNELS: "off" }),
];

function unitStep(
  line: LiveLine,
  name: string,
  what: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Step {
  return {
    name,
    run: async () => {
      const command = [Deno.execPath(), "test", "--no-check", "-A", ...what];
      let done = 0;
      const result = await runCommand(command, {
        ...QUIET,
        env: { ...QUIET.env, ...env },
        onLine: (text) => {
          if (/ \.\.\. .*\(\d+m?\w+\)$/.test(text)) line.update(`${name}: ${++done} done`);
        },
      });
      return unitResult(result.code, result.stdout, result.stderr);
    },
  };
}

/** Counts what `deno test` found; a run that ended early or failed outside a test counts as one more. */
function unitResult(code: number, stdout: string, stderr: string): StepResult {
  const counts = parseTestSummary(stdout) ?? { passed: 0, failed: 0, skipped: 0 };
  if (code === 0) return { ...counts, report: "" };
  const errors = stdout.indexOf("\n ERRORS ");
  const report = errors >= 0
    ? stdout.slice(errors).trim()
    : `deno test ended with status ${code}\n${(stdout + stderr).slice(-4000).trim()}`;
  return { ...counts, failed: Math.max(counts.failed, 1), report };
}

/** Every notebook in quick mode. */
function notebookStep(line: LiveLine): Step {
  return {
    name: "notebooks in quick mode",
    run: async () => {
      const environment = await setUpPython("notebook");
      const copies = await Deno.makeTempDir(); // thrown away; their size is checked
      const results: StepResult[] = [];
      for (const path of await listNotebooks()) {
        line.update(basename(path));
        const { failure, name, cells, seconds } = await executeNotebook(path, {
          environment,
          quick: true,
          output: join(copies, basename(path)),
          line,
        });
        line.end(
          `  ${name}: ${failure ? "failed" : "passed"}, ${cells} cells in ${seconds.toFixed(0)} s`,
        );
        results.push(oneCheck(failure ?? ""));
      }
      await Deno.remove(copies, { recursive: true });
      return sumResults(results);
    },
  };
}

if (import.meta.main) await runMain("test", main);
