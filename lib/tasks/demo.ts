/** `deno task demo`: the page "Try your voice", built and served. @module */
import { join, relative } from "@std/path";
import { demoFiles } from "../demo/build.ts";
import { serveFolder } from "../demo/serve.ts";
import { exists, PROJECT_ROOT } from "../support/files.ts";
import { writeSite } from "../web/write.ts";
import { numberOption, task, type TaskHelp, UsageError } from "./help.ts";

const HELP: TaskHelp = {
  name: "demo",
  about:
    'Builds the page "Try your voice" into outputs/site/demo/ and serves it on 127.0.0.1: it records from the\n' +
    "microphone or takes a file and shows waveform, MFCCs, the probabilities of the trained networks and\n" +
    "where their attention looked. It computes in the browser, with the library of the notebooks; nothing is\n" +
    "sent anywhere. outputs/site/demo/index.html also opens as a file, without a server.",
  options: [
    ["--port N", "the port; without it a free one"],
    ["--build-only", "builds the page and ends"],
  ],
};

const SITE = join(PROJECT_ROOT, "outputs", "site"), FOLDER = join(SITE, "demo");

/** @returns 0. */
export const main = task(HELP, async ({ values }) => {
  const port = numberOption(values, "port", PORT) ?? 0;
  const files = await demoFiles(await exists(join(SITE, "index.html")));
  const bytes = await writeSite(FOLDER, files);
  console.log(
    `${relative(PROJECT_ROOT, join(FOLDER, "index.html"))}: ${files.size} files, ` +
      `${(bytes / 1e6).toFixed(1)} MB`,
  );
  if (!values["build-only"]) await serve(port);
  return 0;
});

const PORT = [
  "a port from 1 to 65535",
  (n: number) => Number.isInteger(n) && n > 0 && n < 65536,
] as const;

async function serve(port: number): Promise<void> {
  try {
    const { url, finished } = serveFolder(SITE, port); // the site, to which the page links
    console.log(`Try your voice at ${url}demo/ (Ctrl+C ends it)`);
    await finished;
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    throw new UsageError(
      `Expected a free port, received ${port}, which is taken; leave --port out`,
    );
  }
}
