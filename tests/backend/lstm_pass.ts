/**
 * A program for lstm_test.ts: loads the back end that SER_BACKEND names and prints, as JSON, the
 * hidden states of {@linkcode example} and the gradients of its four inputs. Its arguments are the sizes:
 * batch, time, features, units. @module
 */
import * as tf from "@tensorflow/tfjs";
import { loadBackend } from "ser/backend/load.ts";
import { lstmSequence } from "ser/backend/lstm.ts";
import { RandomState } from "ser/support/random.ts";
import { draw } from "../fixtures/keras/read.ts";

/** A function of x, kernel, recurrent kernel and bias. */
export type Sequence = (...inputs: tf.Tensor[]) => tf.Tensor;

/** What the program prints. */
export interface LstmPass {
  name: string;
  states: number[];
  /** Of x, kernel, recurrent kernel and bias. */
  gradients: number[][];
}

/** Inputs of an LSTM and a gradient of its states, uniform over [-1, 1). */
export function example(batch: number, time: number, features: number, units: number) {
  const random = new RandomState(1);
  const uniform = (...shape: number[]) => draw(random, shape, (u) => 2 * u - 1);
  return {
    inputs: [
      uniform(batch, time, features),
      uniform(features, 4 * units),
      uniform(units, 4 * units),
      uniform(4 * units),
    ],
    dStates: uniform(batch, time, units),
  };
}

if (import.meta.main) {
  const { name } = await loadBackend();
  const [batch, time, features, units] = Deno.args.map(Number);
  const { inputs, dStates } = example(batch, time, features, units);
  const states = (lstmSequence as unknown as Sequence)(...inputs);
  const gradients = tf.grads(lstmSequence as unknown as Sequence)(inputs, dStates);
  const pass: LstmPass = {
    name,
    states: [...await states.data()],
    gradients: await Promise.all(gradients.map(async (gradient) => [...await gradient.data()])),
  };
  console.log(JSON.stringify(pass));
}
