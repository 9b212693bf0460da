/** The tasks in the order of the README: the one place that says what each is for. @module */

/** What does a task: takes its arguments, returns its exit status. */
export type Main = (args: string[]) => Promise<number>;

/** One task. */
export interface Task {
  /** Arguments after its name, in short. */
  usage: string;
  /** What it is for, in one line: here, in deno.json and in the README. */
  about: string;
  /** Loads it when it is called; left out where it is a program of its own in deno.json. */
  load?: () => Promise<{ main: Main }>;
}

/** The tasks by name. */
export const TASKS: Readonly<Record<string, Task>> = {
  paper: {
    usage: "[--quick | --publish] [NOTEBOOK...]",
    about: "executes the notebooks, prints the results beside the paper's",
    load: () => import("./paper.ts"),
  },
  test: {
    usage: "[--only check|unit|notebooks]",
    about:
      "formatting, lint, types, unit tests, documentation examples, every notebook in quick mode",
  },
  lab: {
    usage: "[ARGUMENTS OF JUPYTERLAB...]",
    about: "opens JupyterLab on the notebooks, in an environment of the project's own",
    load: () => import("./lab.ts"),
  },
  train: {
    usage: "[--model NAME] [--corpus NAME] [--seed N] [--set OPTION=VALUE]...",
    about: "one training run of any of the six models, stored",
    load: () => import("./train.ts"),
  },
  sweep: {
    usage: "[--plan] [--grid NAME|FILE] [--model NAMES] [--corpus NAMES] ...",
    about: "many runs, here or on a Ray cluster: the grid of the reference results",
    load: () => import("./sweep.ts"),
  },
  site: {
    usage: "[--mine]",
    about: "the notebooks as a web site: live figures, search, glossary, source; needs no server",
    load: () => import("./site.ts"),
  },
  demo: {
    usage: "[--port N] [--build-only]",
    about:
      '"Try your voice": a page that records or takes a file and shows what the networks answer',
    load: () => import("./demo.ts"),
  },
  predict: {
    usage: "FILE... [--list FILE] [--corpus NAME] [--model NAME]... [--json | --csv]",
    about: "the emotions in your own recordings: one file, folders, thousands",
    load: () => import("./predict.ts"),
  },
  models: {
    usage: "[--corpus NAME] [--model NAME]...",
    about: 'trains and calibrates the networks that predict and "Try your voice" use',
    load: () => import("./models.ts"),
  },
  features: {
    usage: "FILE... [--list FILE] [--json]",
    about: "MFCCs of any WAV or FLAC file",
    load: () => import("./features.ts"),
  },
  data: {
    usage: "[ravdess | savee | emodb | check [CORPUS...]]",
    about: "which corpora are there; fetches RAVDESS; says where to get SAVEE",
    load: () => import("./data.ts"),
  },
  setup: {
    usage: "[--gpu] [--again]",
    about: "native TensorFlow and the C++ of this project (the other tasks call it themselves)",
    load: () => import("./setup.ts"),
  },
  bench: {
    usage: "[ROW...] [--corpus NAME] [--peer] [--rounds N]",
    about: "how fast all this is, with --peer beside Keras, librosa and NumPy",
  },
  readme: {
    usage: "",
    about: "writes the results, the speed and the picture of the README from outputs/",
    load: () => import("./readme.ts"),
  },
};
