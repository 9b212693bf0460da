/** The trained networks: loaded when they are wanted, and asked. @module */
import * as tf from "@tensorflow/tfjs";
import type { ModelFile, ModelSource } from "../../recognition/model_file.ts";
import {
  loadRecogniser,
  type Recogniser,
  type Recognition,
  type Sound,
} from "../../recognition/recogniser.ts";
import { couldBeSpeech } from "../../recognition/speech_like.ts";
import { loadData } from "./data.ts";

const loading = new Map<string, Promise<Recogniser>>();

/**
 * The networks of a corpus, once loaded at hand from then on.
 * @throws {Error} If their script does not come, or is damaged.
 */
export function networksOf(corpus: string): Promise<Recogniser> {
  if (!loading.has(corpus)) {
    const promise = load(corpus);
    promise.catch(() => loading.delete(corpus)); // so that the reader can try again
    loading.set(corpus, promise);
  }
  return loading.get(corpus)!;
}

/** Plain JavaScript: ready at once, without a file of its own, and fast enough for one utterance. */
async function load(corpus: string): Promise<Recogniser> {
  await tf.setBackend("cpu");
  const recogniser = loadRecogniser(await loadData<ModelSource[]>(corpus));
  await recogniser.recognise(noise()); // so that the browser has compiled what the first answer needs
  return recogniser;
}

/** A second that sounds like nothing. */
function noise(): Sound {
  const samples = Float32Array.from({ length: 22050 }, (_, i) => Math.sin(i * i) / 10);
  return { samples, sampleRate: 22050 };
}

/** The share of the test part that a network was right about. */
const accuracy = ({ training: { correct, utterances } }: ModelFile): number =>
  correct / utterances.test;

/** Everything that the page shows of one recording. */
export interface Answer {
  recognition: Recognition;
  /** Whether the sound can be speech; if not, the answers mean nothing. */
  speechLike: boolean;
  /** The networks, in the order of the answers. */
  networks: readonly ModelFile[];
}

/** Asks the networks of a corpus: answers of those with the most right answers in their test first. */
export async function ask(corpus: string, sound: Sound): Promise<Answer> {
  const recogniser = await networksOf(corpus), { networks } = recogniser;
  const recognition = await recogniser.recognise(sound);
  const order = networks.map((_, i) => i)
    .sort((a, b) => accuracy(networks[b]) - accuracy(networks[a]));
  return {
    recognition: { ...recognition, answers: order.map((i) => recognition.answers[i]) },
    speechLike: couldBeSpeech(sound.samples, sound.sampleRate, recognition.familiarity),
    networks: order.map((i) => networks[i]),
  };
}
