import { deepStrictEqual, match, rejects, strictEqual, throws } from "node:assert/strict";
import { join } from "@std/path";
import {
  availableCorpora,
  bestCorpora,
  corpusPlaces,
  findCorpus,
  notFoundError,
} from "ser/corpora/find.ts";
import { PROJECT_ROOT } from "ser/support/files.ts";
import { withEnv } from "./synthetic.ts";

/** Two places: the first with savee and an empty ravdess, the second with ravdess, savee and emodb. */
async function twoPlaces(): Promise<[string, string]> {
  const first = await Deno.makeTempDir(), second = await Deno.makeTempDir();
  const files = [[first, "savee"], [second, "ravdess"], [second, "savee"], [second, "emodb"]];
  for (const [place, name] of files) {
    await Deno.mkdir(join(place, name));
    await Deno.writeTextFile(join(place, name, "something"), "");
  }
  await Deno.mkdir(join(first, "ravdess"));
  await Deno.writeTextFile(join(first, "ravdess", ".DS_Store"), "");
  return [first, second];
}

Deno.test("findCorpus() takes the first folder that is there and not empty", async () => {
  const places = await twoPlaces();
  strictEqual(await findCorpus("savee", { places }), join(places[0], "savee"));
  strictEqual(await findCorpus("ravdess", { places }), join(places[1], "ravdess"));
  strictEqual(await findCorpus("emodb", { places: places.slice(0, 1) }), undefined);
});

Deno.test("availableCorpora() and bestCorpora() prefer the paper's corpora", async () => {
  const places = await twoPlaces();
  deepStrictEqual(await availableCorpora({ places }), ["ravdess", "savee", "emodb"]);
  deepStrictEqual(await bestCorpora({ places }), ["ravdess", "savee"]);
  await Deno.remove(join(places[1], "ravdess"), { recursive: true });
  deepStrictEqual(await bestCorpora({ places }), ["savee"]);
  await Deno.remove(join(places[0], "savee"), { recursive: true });
  await Deno.remove(join(places[1], "savee"), { recursive: true });
  deepStrictEqual(await bestCorpora({ places }), ["emodb"]);
  await Deno.remove(join(places[1], "emodb"), { recursive: true });
  await rejects(bestCorpora({ places }), /^CorpusError: Cannot find EmoDB excerpt: nothing in /);
});

Deno.test("corpusPlaces() puts SER_DATA before the project's data", async () => {
  const own = join(PROJECT_ROOT, "data"), other = await Deno.makeTempDir();
  await withEnv("SER_DATA", undefined, () => deepStrictEqual(corpusPlaces(), [own]));
  await withEnv("SER_DATA", "", () => deepStrictEqual(corpusPlaces(), [own]));
  await withEnv("SER_DATA", other, () => deepStrictEqual(corpusPlaces(), [other, own]));
});

Deno.test("corpusPlaces() does not pass over a SER_DATA that is no folder", async () => {
  await withEnv("SER_DATA", "/no/such/folder", () =>
    throws(corpusPlaces, {
      name: "CorpusError",
      message:
        'Cannot look for corpora: SER_DATA should name the folder that holds ravdess/ and savee/, received "/no/such/folder", which is not a folder; correct it or unset it',
    }));
});

Deno.test("notFoundError() says where it looked and how to get the corpus", () => {
  strictEqual(
    notFoundError("ravdess", { places: ["/a", join(PROJECT_ROOT, "data")] }).message,
    'Cannot find RAVDESS: nothing in "/a/ravdess" or "data/ravdess"; run "deno task data ravdess" to download it (208 MB) (README section "Data"), or set SER_DATA to the folder that holds ravdess/',
  );
  match(notFoundError("savee", { places: ["/a"] }).message, /register at http:.*kahlan.*DC, JE/);
});
