/** The page "Try your voice": from a sentence to what the networks make of it. @module */
import type { NetworkSet, PageData } from "../sets.ts";
import { choice } from "./choice.ts";
import { loadData } from "./data.ts";
import { byId } from "../../web/client/dom.ts";
import { setUpInputs } from "./inputs.ts";
import { ask, networksOf } from "./networks.ts";
import { cutToSpeech } from "./recording.ts";
import { Results } from "./results.ts";
import type { Sound } from "./sound.ts";
import { onThemeChange, setUpTheme } from "../../web/client/theme.ts";
import { verdict } from "./words.ts";

const results = new Results();
let set: NetworkSet | undefined;
/** A sentence, and whether it was recorded here. */
let taken: { sound: Sound; recorded: boolean } | undefined;
/** Counts what was asked: an answer that is no longer wanted when it comes is not shown. */
let asked = 0;

/** Asks the chosen networks about the sentence that is there. */
async function answer(): Promise<void> {
  const mine = ++asked;
  if (!taken || !set) return results.clear();
  byId("status").textContent = "Computing …";
  const { silence } = await networksOf(set.corpus);
  const start = performance.now();
  const { sound, cut } = cutToSpeech(taken.sound, silence);
  const found = await ask(set.corpus, sound);
  if (mine !== asked) return;
  results.show(sound, found, taken.recorded, cut);
  const seconds = ((performance.now() - start) / 1000).toFixed(2);
  byId("status").textContent = `${verdict(found)} Computed on this device in ${seconds} s.`;
  scrollToAnswers();
}

/** Brings the answers into view where they are below the window. */
function scrollToAnswers(): void {
  const title = byId("answers-title");
  if (title.getBoundingClientRect().top < 0.7 * innerHeight) return;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  title.scrollIntoView({ behavior: still ? "auto" : "smooth" });
}

/** Says what went wrong, in the place of earlier answers. */
function showProblem(error: unknown): void {
  asked++;
  results.clear();
  byId("status").textContent = "";
  byId("problem").textContent = error instanceof Error ? error.message : String(error);
}

function start({ sets, actors }: PageData): void {
  const use = (index: number) => {
    set = sets[index];
    networksOf(set.corpus).then(answer).catch(showProblem);
  };
  choice(byId("sets"), sets.map(({ label }) => label), use);
  use(0);
  byId("corpora").textContent = sets.map(({ about }) => about).join(" ");
  setUpInputs(actors, {
    onStart() {
      asked++;
      taken = undefined;
      byId("problem").textContent = "";
      byId("status").textContent = "";
    },
    onSound(sound, recorded) {
      taken = { sound, recorded };
      return answer();
    },
    onProblem: showProblem,
  });
}

setUpTheme();
onThemeChange(() => results.timeline.redraw());
loadData<PageData>("page").then(start).catch(showProblem);
