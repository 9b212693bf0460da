import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import * as esbuild from "esbuild";
import { join } from "@std/path";
import { corpusInfo } from "ser/corpora/info.ts";
import { demoFiles, demoScript } from "ser/demo/build.ts";
import { dataScript } from "ser/demo/page/data.ts";
import { modelFiles, pageData } from "ser/demo/sets.ts";
import { readModelFile } from "ser/recognition/model_file.ts";
import { PROJECT_ROOT } from "ser/support/files.ts";
import { endBundling } from "ser/web/bundle.ts";

Deno.test("demoFiles() make a page of at most 4 MB that names no other host and needs no module", async () => {
  const files = await demoFiles(false);
  const bytes = [...files.values()].reduce(
    (sum, text) => sum + new Blob([text as BlobPart]).size,
    0,
  );
  ok(bytes < 4e6, `${bytes}`);
  const html = String(files.get("index.html"));
  for (const [, address] of html.matchAll(/(?:src|href)="([^"]+)"/g)) {
    ok(files.has(address), address);
  }
  ok(!/type="module"|https?:/.test(html));
});

Deno.test("demoFiles() link to the site around the page, if there is one", async () => {
  const page = async (inSite: boolean) => String((await demoFiles(inSite)).get("index.html"));
  match(await page(true), /<a class="name" href="\.\.\/index\.html">[^<]+<\/a>/);
  match(await page(false), /<span class="name">[^<]+<\/span>/);
});

Deno.test("the demo's script is made of what recognises, and of nothing that trains or runs on Deno", async () => {
  const { inputs } = await demoScript();
  await endBundling();
  ok(inputs.includes("lib/recognition/recogniser.ts"));
  const foreign = /^lib\/(training|sweep|setup|tasks|notebook|views|dbn\/(train|rbm))/;
  deepStrictEqual(inputs.filter((path) => foreign.test(path)), []);
  deepStrictEqual(inputs.filter((path) => /tfjs-backend-(webgl|wasm|webgpu)/.test(path)), []);
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

Deno.test("dataScript() puts data where the page looks for it", () => {
  strictEqual(dataScript("primes", [2, 3]), '(globalThis.demoData ??= {})["primes"] = [2,3];\n');
});
