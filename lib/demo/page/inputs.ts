/** Where sentences come from: the microphone, a file, an example. @module */
import type { ActorRecording } from "../sets.ts";
import { byId, make } from "../../web/client/dom.ts";
import { record, type Recorder } from "./recorder.ts";
import { MAX_SECONDS, type Sound, soundOf } from "./sound.ts";

/** What the page does with a sentence. */
export interface InputHandlers {
  /** Told when something was chosen, before it is decoded. */
  onStart(): void;
  /** Told the sentence, and whether it was recorded here. */
  onSound(sound: Sound, recorded: boolean): Promise<void>;
  /** Told why there is none. */
  onProblem(error: unknown): void;
}

/** Makes the buttons and dropping work, and offers the recordings. */
export function setUpInputs(actors: readonly ActorRecording[], handlers: InputHandlers): void {
  const take = async (file: Blob, name: string, recorded = false) => {
    handlers.onStart();
    try {
      await handlers.onSound(await soundOf(file, name), recorded);
    } catch (error) {
      handlers.onProblem(error);
    }
  };
  setUpRecording(take, handlers);
  setUpFiles((file) => take(file, file.name));
  showActors(actors, take);
}

function showActors(actors: readonly ActorRecording[], take: Take): void {
  byId("actors").append(...actors.map(({ label, name, base64 }) => {
    const button = make("button", { type: "button", class: "small" }, label);
    button.addEventListener("click", () => take(flac(base64), name));
    return button;
  }));
}

function flac(base64: string): Blob {
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  return new Blob([bytes], { type: "audio/flac" });
}

type Take = (file: Blob, name: string, recorded?: boolean) => Promise<void>;

function setUpRecording(take: Take, { onStart, onProblem }: InputHandlers): void {
  const button = byId<HTMLButtonElement>("record"), word = button.querySelector("span")!;
  const show = (running: boolean) => {
    button.classList.toggle("running", running);
    word.textContent = running ? "Stop" : "Record";
    byId("recording").hidden = !running;
  };
  let recorder: Recorder | undefined;
  const finish = () => {
    const file = recorder?.stop();
    recorder = undefined;
    show(false);
    if (file) take(file, "recording.wav", true);
  };
  button.addEventListener("click", async () => {
    if (recorder) return finish();
    button.disabled = true;
    onStart();
    try {
      recorder = await record({ maxSeconds: MAX_SECONDS, onProgress: showLevel, onEnd: finish });
      show(true);
    } catch (error) {
      onProblem(error);
    } finally {
      button.disabled = false;
    }
  });
}

/** @param level Largest sample, in [0, 1]; shown in dB from -60 to 0. */
function showLevel(seconds: number, level: number): void {
  byId<HTMLMeterElement>("level").value = Math.max(0, 1 + Math.log10(Math.max(level, 1e-3)) / 3);
  byId("seconds").textContent = `${seconds.toFixed(1)} s`;
}

function setUpFiles(take: (file: File) => void): void {
  const input = byId<HTMLInputElement>("file");
  input.addEventListener("change", () => {
    if (input.files?.[0]) take(input.files[0]);
    input.value = ""; // so that the same file can be chosen again
  });
  const dropping = (over: boolean) => document.body.classList.toggle("dropping", over);
  addEventListener("dragover", (event) => {
    event.preventDefault();
    dropping(true);
  });
  addEventListener("dragleave", (event) => event.relatedTarget === null && dropping(false));
  addEventListener("drop", (event) => {
    event.preventDefault();
    dropping(false);
    const file = event.dataTransfer?.files[0];
    if (file) take(file);
  });
}
