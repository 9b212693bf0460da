/** The microphone. @module */
import { encodeWav } from "../../audio/encode_wav.ts";

/** What the page wants to know while it records. */
export interface RecorderOptions {
  /** Longest recording in seconds; then it stops by itself. */
  maxSeconds: number;
  /** Told about 20 times a second how much is recorded, and the largest sample since, in [0, 1]. */
  onProgress(seconds: number, level: number): void;
  /** Told when the recording has stopped by itself: too long, or the microphone was unplugged. */
  onEnd(): void;
}

/** A recording under way. */
export interface Recorder {
  /** Stops; what was recorded, as a WAV file of 16 bits at the rate of the device. */
  stop(): Blob;
}

/** No echo or noise is to be taken out, nor the level evened: all that changes the voice. */
const UNCHANGED = {
  channelCount: 1,
  echoCancellation: false,
  noiseSuppression: false,
  autoGainControl: false,
};

/** Passes on what comes in; runs on the audio thread. */
const TAP = `registerProcessor("tap", class extends AudioWorkletProcessor {
  process([[channel]]) {
    if (channel) this.port.postMessage(channel.slice());
    return true;
  }
});`;

/**
 * Starts a recording.
 * @throws {Error} If there is no microphone or it may not be used; the message says what to do.
 */
export async function record(options: RecorderOptions): Promise<Recorder> {
  const stream = await openMicrophone();
  const context = new AudioContext();
  const parts: Float32Array[] = [];
  let samples = 0, peak = 0, told = 0, running = true;
  const release = () => {
    running = false;
    for (const track of stream.getTracks()) track.stop();
    context.close();
  };
  const tap = await connect(context, stream).catch((error) => {
    release();
    problem(error);
  });
  stream.getTracks()[0].onended = () => running && options.onEnd();
  tap.port.onmessage = ({ data }: MessageEvent<Float32Array>) => {
    if (!running) return;
    parts.push(data);
    samples += data.length;
    for (const value of data) peak = Math.max(peak, Math.abs(value));
    const seconds = samples / context.sampleRate;
    if (seconds - told < 0.05) return;
    options.onProgress(seconds, peak);
    [told, peak] = [seconds, 0];
    if (seconds >= options.maxSeconds) options.onEnd();
  };
  return {
    stop() {
      release();
      const wav = encodeWav(parts.flatMap((part) => [...part]), context.sampleRate);
      return new Blob([wav as BlobPart], { type: "audio/wav" });
    },
  };
}

async function openMicrophone(): Promise<MediaStream> {
  if (!navigator.mediaDevices?.getUserMedia) {
    throw new Error(
      "Cannot record: this browser gives the microphone only to pages from https, from 127.0.0.1 or from a file; choose a file instead",
    );
  }
  return await navigator.mediaDevices.getUserMedia({ audio: UNCHANGED }).catch(problem);
}

const DENIED = "the microphone may not be used; allow it beside the page's address and try again";
const MISSING = "no microphone was found; connect one and try again";
const SILENT = "the microphone does not answer; another program may be using it";
/** What went wrong and what to do, by the names that browsers give to it. */
const PROBLEMS: Partial<Record<string, string>> = {
  NotAllowedError: DENIED,
  SecurityError: DENIED,
  NotFoundError: MISSING,
  OverconstrainedError: MISSING,
  NotReadableError: SILENT,
  AbortError: SILENT,
};

function problem(error: unknown): never {
  const { name, message } = error as DOMException;
  const words = PROBLEMS[name] ?? `the browser says: ${message || name}`;
  throw new Error(`Cannot record: ${words}; or choose a file instead`);
}

async function connect(context: AudioContext, stream: MediaStream): Promise<AudioWorkletNode> {
  // an address that works in pages opened as files, too, unlike a blob's
  await context.audioWorklet.addModule(`data:text/javascript,${encodeURIComponent(TAP)}`);
  const tap = new AudioWorkletNode(context, "tap", { numberOfOutputs: 0 });
  context.createMediaStreamSource(stream).connect(tap);
  await context.resume();
  return tap;
}
