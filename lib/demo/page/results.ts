/** The lower half of the page: probabilities, sound, waveform and MFCCs with the attention. @module */
import { cutInWords, type Silence } from "../../audio/trim.ts";
import type { PlacedAttention } from "../../recognition/part.ts";
import { answerCards } from "./answers.ts";
import { choice } from "./choice.ts";
import { byId, make } from "../../web/client/dom.ts";
import type { Answer } from "./networks.ts";
import type { Sound } from "./sound.ts";
import { Timeline, type TimelineData } from "./timeline.ts";
import { verdict, warnings, worth } from "./words.ts";
import { certainty } from "../../support/percent.ts";

/** Shows answers; one for the page. */
export class Results {
  /** The drawing. */
  readonly timeline = new Timeline(byId<HTMLCanvasElement>("timeline"));
  readonly #player = byId<HTMLAudioElement>("player");
  #data: TimelineData | undefined;
  #title = "";
  #url = "";

  constructor() {
    followPointer(byId("time"), this.timeline, (seconds) => this.#read(seconds));
    followPlayer(this.#player, (seconds) => this.timeline.mark("playing", seconds));
  }

  /** Takes away what is shown: it is no answer to what the reader did last. */
  clear(): void {
    byId("results").hidden = true;
    this.#player.pause();
  }

  /**
   * Shows a sentence, what was cut of its silence, and what one set of networks answers; what was recorded
   * here can be saved.
   */
  show(sound: Sound, answer: Answer, recorded: boolean, cut: Silence): void {
    const { recognition: { answers, mfcc, secondsPerFrame }, recognition, networks } = answer;
    byId("results").hidden = false;
    byId("verdict").textContent = verdict(answer);
    byId("warnings").replaceChildren(
      make("p", {}, cutInWords(cut)),
      ...notice(warnings(recognition)),
    );
    byId("answers").replaceChildren(...answerCards(answer));
    byId("calibration").textContent = worth(networks);
    this.#play(sound);
    byId("save").hidden = !recorded;
    const looking = answers.filter(({ attention }) => attention);
    const use = (index: number) => {
      const { title, attention } = looking[index] ?? {};
      this.#title = title ?? "";
      this.#data = { ...sound, mfcc, secondsPerFrame, attention };
      this.timeline.show(this.#data);
      byId("summary").textContent = title && attention ? summary(title, attention) : "";
      this.#read(undefined);
    };
    byId("attention").hidden = looking.length === 0;
    choice(byId("attention"), [...looking.map(({ title }) => title), "none"], use);
    use(0);
  }

  #play({ file, name }: Sound): void {
    URL.revokeObjectURL(this.#url);
    this.#url = URL.createObjectURL(file);
    this.#player.src = this.#url;
    const save = byId<HTMLAnchorElement>("save");
    save.href = this.#url;
    save.download = name;
  }

  /** Says what is at a time; undefined says how to point at one. */
  #read(seconds: number | undefined): void {
    if (!this.#data) return;
    const slider = byId("time"), words = inWords(this.#data, this.#title, seconds ?? 0);
    slider.ariaValueMax = this.timeline.seconds.toFixed(2);
    slider.ariaValueNow = (seconds ?? 0).toFixed(2);
    slider.ariaValueText = words;
    byId("readout").textContent = seconds === undefined
      ? "Point at the drawing, or move with the arrow keys, to read it off."
      : words;
    this.timeline.mark("cursor", seconds);
  }
}

function notice(texts: readonly string[]): HTMLElement[] {
  if (texts.length === 0) return [];
  const title = "This is unlike what the networks were trained on; expect less of them:";
  const list = make("ul", {}, ...texts.map((text) => make("li", {}, text)));
  return [make("div", { class: "notice" }, make("strong", {}, title), list)];
}

/** The position of the attention whose middle is nearest to a time. */
function nearest({ times }: PlacedAttention, seconds: number): number {
  return Array.from(times).reduce(
    (best, time, i, all) => Math.abs(time - seconds) < Math.abs(all[best] - seconds) ? i : best,
    0,
  );
}

/** How many times the average a position's weight is. */
function timesAverage({ weights }: PlacedAttention, at: number): string {
  return (weights[at] * weights.length / weights.reduce((a, b) => a + b, 0)).toFixed(1);
}

function inWords({ attention }: TimelineData, title: string, seconds: number): string {
  const time = `${seconds.toFixed(2)} s`;
  if (!attention) return time;
  const average = timesAverage(attention, nearest(attention, seconds));
  return `${time}: ${title} looks here with ${average} times the average weight`;
}

function summary(title: string, attention: PlacedAttention): string {
  const { weights, times, width, onPadding } = attention;
  const top = weights.reduce((best, weight, i) => weight > weights[best] ? i : best, 0);
  const silence = onPadding < 0.005
    ? ""
    : ` ${certainty(onPadding)} of it lies on the zeros that fill the network's input up.`;
  const sees = width < 0.1 // one frame
    ? "Each position sees one frame and what the LSTM remembers of those before it."
    : `Each position sees ${width.toFixed(2)} s around it.`;
  return `The orange curve and the black line are the attention of ${title}, largest at ${
    Math.max(0, times[top]).toFixed(2)
  } s (${timesAverage(attention, top)} times the average). ${sees}${silence}`;
}

/** Pointing at the drawing, and the keys of a slider. */
function followPointer(
  element: HTMLElement,
  timeline: Timeline,
  onTime: (seconds?: number) => void,
): void {
  let now = 0;
  const go = (seconds: number) => {
    now = Math.max(0, Math.min(timeline.seconds, seconds));
    onTime(now);
  };
  for (const type of ["pointermove", "pointerdown"] as const) {
    element.addEventListener(type, ({ clientX }) => go(timeline.timeAt(clientX)));
  }
  for (const type of ["pointerleave", "blur"]) element.addEventListener(type, () => onTime());
  element.addEventListener("keydown", (event) => {
    const steps = STEPS[event.key];
    if (!steps) return;
    event.preventDefault();
    go(now + steps * timeline.step);
  });
}

/** How many frames a key moves. */
const STEPS: Partial<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
  Home: -Infinity,
  End: Infinity,
};

/** Tells the time that is played, with every picture. */
function followPlayer(player: HTMLAudioElement, onTime: (seconds?: number) => void): void {
  const tell = () => {
    onTime(player.paused ? undefined : player.currentTime);
    if (!player.paused) requestAnimationFrame(tell);
  };
  player.addEventListener("play", tell);
  player.addEventListener("pause", tell);
}
