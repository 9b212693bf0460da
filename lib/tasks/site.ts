/** `deno task site`: the executed notebooks as a web site. @module */
import { join, relative } from "@std/path";
import { siteFiles } from "../site/site.ts";
import { writeSite } from "../site/write.ts";
import { exists, PROJECT_ROOT } from "../support/files.ts";
import { helpText, parseTaskArgs, type TaskHelp } from "./help.ts";

const HELP: TaskHelp = {
  name: "site",
  usage: "",
  about:
    "Writes the web site into outputs/site/: the notebooks of outputs/ (those that have not been executed:\n" +
    "of notebooks/) with live figures, search, a glossary and the library's source. It needs no server and\n" +
    "no network: open outputs/site/index.html. outputs/site/demo/, if it is there, joins the navigation.",
};

const FOLDER = join(PROJECT_ROOT, "outputs", "site");
const DEMO = { path: "demo/index.html", title: "Try your voice" };

/**
 * Runs the task.
 * @param args Arguments after its name.
 * @returns 0.
 */
export async function main(args: string[]): Promise<number> {
  if (parseTaskArgs(args, {}).help) {
    console.log(helpText(HELP));
    return 0;
  }
  const further = await exists(join(FOLDER, DEMO.path)) ? [DEMO] : [];
  const files = await siteFiles(PROJECT_ROOT, { further });
  await writeSite(FOLDER, files, ["demo"]);
  const bytes = [...files.values()].reduce(
    (sum, content) =>
      sum +
      (typeof content === "string" ? new TextEncoder().encode(content).length : content.length),
    0,
  );
  const pages = [...files.keys()].filter((path) => path.endsWith(".html")).length;
  console.log(
    `${relative(PROJECT_ROOT, join(FOLDER, "index.html"))}: ${pages} pages, ${files.size} files, ` +
      `${(bytes / 1e6).toFixed(1)} MB`,
  );
  return 0;
}
