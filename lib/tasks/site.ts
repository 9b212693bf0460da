/** `deno task site`: the executed notebooks as a web site. @module */
import { join, relative } from "@std/path";
import { buildDemo } from "../demo/build.ts";
import { siteFiles } from "../site/site.ts";
import { writeSite } from "../site/write.ts";
import { PROJECT_ROOT } from "../support/files.ts";
import { parseTaskArgs, type TaskHelp } from "./help.ts";

const HELP: TaskHelp = {
  name: "site",
  about:
    "Writes the web site into outputs/site/: the published notebooks of outputs/ (those that have not been executed:\n" +
    "of notebooks/) with live figures, search, a glossary and the library's source. It needs no server and\n" +
    'no network: open outputs/site/index.html. "Try your voice" (deno task demo) is a page of it.',
  options: [["--mine", "your own executed copies, of outputs/mine/, where there are some"]],
};

const FOLDER = join(PROJECT_ROOT, "outputs", "site");
const DEMO = { path: "demo/index.html", title: "Try your voice" };

/**
 * Runs the task.
 * @param args Arguments after its name.
 * @returns 0.
 */
export async function main(args: string[]): Promise<number> {
  const parsed = parseTaskArgs(args, HELP);
  if (!parsed) return 0;
  const mine = parsed.values.mine === true;
  const files = await siteFiles(PROJECT_ROOT, { further: [DEMO], mine });
  await writeSite(FOLDER, files, ["demo"]);
  const demo = await buildDemo(join(FOLDER, "demo"));
  const sizes = [
    ...[...files.values()].map((content) =>
      typeof content === "string" ? new TextEncoder().encode(content).length : content.length
    ),
    ...demo.map(({ bytes }) => bytes),
  ];
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  const pages = [...files.keys()].filter((path) => path.endsWith(".html")).length;
  console.log(
    `${
      relative(PROJECT_ROOT, join(FOLDER, "index.html"))
    }: ${pages} pages, ${sizes.length} files, ` +
      `${(bytes / 1e6).toFixed(1)} MB`,
  );
  return 0;
}
