/** The page "Try your voice": from a sentence to what the networks make of it. @module */
import { choice } from "./choice.ts";
import { byId } from "./dom.ts";
import { setUpInputs } from "./inputs.ts";
import { ask, type NetworkSet, networkSets } from "./networks.ts";
import { Results } from "./results.ts";
import type { Sound } from "./sound.ts";
import { setUpTheme } from "./theme.ts";

const results = new Results();
const sets = networkSets();
let chosen: NetworkSet = sets[0], sound: Sound | undefined;

/** Asks the chosen networks about the sentence that is there. */
async function answer(): Promise<void> {
  if (!sound) return;
  const start = performance.now();
  byId("status").textContent = "Computing …";
  results.show(sound, await ask(chosen, sound));
  const seconds = (performance.now() - start) / 1000;
  byId("status").textContent = `Computed on this device in ${seconds.toFixed(2)} s.`;
}

function showProblem(error: unknown): void {
  byId("status").textContent = "";
  byId("problem").textContent = error instanceof Error ? error.message : String(error);
}

choice(byId("sets"), sets.map(({ label }) => label), (index) => {
  chosen = sets[index];
  answer().catch(showProblem);
});
setUpInputs({
  onStart() {
    byId("problem").textContent = "";
    byId("status").textContent = "";
  },
  async onSound(taken) {
    sound = taken;
    await answer();
  },
  onProblem: showProblem,
});
setUpTheme(() => results.redraw());
