import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import * as esbuild from "esbuild";
import { join } from "@std/path";
import { corpusInfo } from "ser/corpora/info.ts";
import { buildDemo } from "ser/demo/build.ts";
import { modelFiles, pageData } from "ser/demo/sets.ts";
import { readModelFile } from "ser/recognition/model_file.ts";
import { PROJECT_ROOT } from "ser/support/files.ts";

Deno.test({
  name: "buildDemo() writes a page of at most 6 MB that names no other host and needs no module",
  sanitizeOps: false, // esbuild's own process
  sanitizeResources: false,
  fn: async () => {
    const folder = join(await Deno.makeTempDir(), "demo");
    const files = await buildDemo(folder);
    ok(files.reduce((sum, { bytes }) => sum + bytes, 0) < 6e6);
    for (const { path, bytes } of files) {
      strictEqual((await Deno.stat(join(folder, path))).size, bytes, path);
    }
    const html = await Deno.readTextFile(join(folder, "index.html"));
    for (const [, address] of html.matchAll(/(?:src|href)="([^"]+)"/g)) {
      ok(files.some(({ path }) => path === address), address);
    }
    ok(!/type="module"|https?:/.test(html));
    await Deno.remove(folder, { recursive: true });
  },
});

Deno.test({
  name: "buildDemo() links to the site around the page, if there is one",
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async () => {
    const site = await Deno.makeTempDir();
    await Deno.writeTextFile(join(site, "index.html"), "the site");
    await buildDemo(join(site, "demo"));
    match(
      await Deno.readTextFile(join(site, "demo", "index.html")),
      /<a class="name" href="\.\.\/index\.html">/,
    );
    await Deno.remove(site, { recursive: true });
  },
});

Deno.test("modelFiles() reads the project's networks, each under its own corpus", async () => {
  const models = await modelFiles(join(PROJECT_ROOT, "data", "models"));
  ok(models.has("emodb"));
  for (const [corpus, files] of models) {
    ok(files.length > 0);
    for (const file of files) {
      const network = readModelFile(file as object, corpus);
      strictEqual(network.corpus.name, corpus);
      deepStrictEqual(network.labels, corpusInfo(corpus).emotions);
    }
  }
});

Deno.test("pageData() has one recording of each of EmoDB's emotions, and a label for each set", async () => {
  const { sets, actors } = await pageData(["emodb", "ravdess"]);
  deepStrictEqual(actors.map(({ label }) => label), corpusInfo("emodb").emotions);
  deepStrictEqual(actors.map(({ base64 }) => atob(base64).slice(0, 4)), Array(4).fill("fLaC"));
  deepStrictEqual(sets.map(({ label }) => label), [
    "German: EmoDB excerpt, 4 emotions",
    "North American English: RAVDESS, 8 emotions",
  ]);
  strictEqual(sets[1].about, "RAVDESS: 24 actors who speak North American English.");
});

Deno.test({
  name: "the page bundles the networks and nothing that trains, stores or sweeps",
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async () => {
    try {
      const { metafile } = await esbuild.build({
        entryPoints: [join(PROJECT_ROOT, "lib", "demo", "page", "main.ts")],
        ...{ absWorkingDir: PROJECT_ROOT, bundle: true, write: false, metafile: true },
        alias: { "@tensorflow/tfjs-backend-webgl": "./lib/demo/page/no_webgl.ts" },
        ...{ outdir: "unused", logLevel: "error" },
      });
      const bundled = Object.keys(metafile.inputs).filter((path) => path.startsWith("lib/"));
      ok(bundled.includes("lib/models/catalogue.ts"));
      deepStrictEqual(bundled.filter((path) => /^lib\/(training|sweep|tasks)\//.test(path)), []);
    } finally {
      await esbuild.stop();
    }
  },
});
