/** `deno task site`: the executed notebooks as a web site. @module */
import { join, relative } from "@std/path";
import { demoFiles, demoPage } from "../demo/build.ts";
import { siteFiles } from "../site/site.ts";
import { PROJECT_ROOT } from "../support/files.ts";
import { writeSite } from "../web/write.ts";
import { task, type TaskHelp } from "./help.ts";

const HELP: TaskHelp = {
  name: "site",
  about:
    "Writes the web site into outputs/site/: the published notebooks of outputs/ (those that have not been executed:\n" +
    "of notebooks/) with live figures, search, a glossary and the library's source. It needs no server and\n" +
    'no network: open outputs/site/index.html. "Try your voice" (deno task demo) is a page of it.',
  options: [["--mine", "your own executed copies, of outputs/mine/, where there are some"]],
};

const FOLDER = join(PROJECT_ROOT, "outputs", "site");

/** @returns 0. */
export const main = task(HELP, async ({ values }) => {
  const mine = values.mine === true;
  const files = await siteFiles(PROJECT_ROOT, { further: [await demoPage()], mine });
  for (const [path, content] of await demoFiles(true)) files.set(`demo/${path}`, content);
  const bytes = await writeSite(FOLDER, files);
  const pages = [...files.keys()].filter((path) => path.endsWith(".html")).length;
  console.log(
    `${relative(PROJECT_ROOT, join(FOLDER, "index.html"))}: ${pages} pages, ${files.size} files, ` +
      `${(bytes / 1e6).toFixed(1)} MB`,
  );
  return 0;
});
