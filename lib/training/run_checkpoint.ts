/** The checkpoint in a run's folder: what a stopped or killed training goes on from. @module */
import { join } from "@std/path";
import { type CheckpointOwner, loadCheckpoint, saveCheckpoint } from "./checkpoint.ts";
import type { TrainingState } from "./state.ts";
import { orSetAside, setAside } from "./stored_run.ts";

/** Its file in the folder. */
export const CHECKPOINT = "checkpoint.bin";

const FILE = /^checkpoint\.bin$/;

/** What must be the same for a training to go on, and what the checkpoint is of if it is not. */
const OWNED = [
  ["run", "another experiment"],
  ["data", "other data"],
  ["code", "other code than the present"],
  ["features", "other features"],
] as const;

/** The checkpoint of a run. */
export class RunCheckpoint {
  /**
   * @param folder The run's folder.
   * @param owner What is trained now.
   * @param warn Told what cannot be used or stored, and what follows.
   */
  constructor(
    readonly folder: string,
    readonly owner: CheckpointOwner,
    readonly warn: (message: string) => void,
  ) {}

  /** Stores a state; where that fails the training goes on, and the reader is told. */
  async save(state: TrainingState): Promise<void> {
    try {
      await saveCheckpoint(join(this.folder, CHECKPOINT), this.owner, state);
    } catch (error) {
      this.warn(
        `The checkpoint after epoch ${state.epoch} could not be stored (${
          (error as Error).message
        }); if the training stops now, it goes on from an earlier one`,
      );
    }
  }

  /** The state to go on from, if there is one of this experiment, these data and the present code. */
  async read(): Promise<TrainingState | undefined> {
    const read = () => loadCheckpoint(join(this.folder, CHECKPOINT));
    const loaded = await orSetAside(this.folder, FILE, read, this.warn);
    if (!loaded) return undefined;
    const { owner, state } = loaded;
    const strange = OWNED.find(([part]) => owner[part] !== this.owner[part]);
    if (strange) {
      const moved = await setAside(this.folder, FILE);
      this.warn(
        `The checkpoint is of ${strange[1]} (run ${owner.run}); set aside as ${
          moved.join(", ")
        }, starting anew`,
      );
      return undefined;
    }
    if (owner.backend !== this.owner.backend) {
      this.warn(
        `The checkpoint comes from the back end ${owner.backend} and goes on with ${this.owner.backend}: dropout masks and rounding differ from an uninterrupted run`,
      );
    }
    return state;
  }
}
