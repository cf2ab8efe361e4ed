// Work that runs in the worker pool. A job is cut into parts whose size never depends on the number of workers; the partial
// results are merged in part order; so the result is the same, byte for byte, for any pool.
import type { FileListing } from './listing.ts';

export interface JobContext {
  readonly signal: AbortSignal;
  /** Reports the share of the current part, 0…1. */
  progress(share: number): void;
}

/** I input, P part, R partial result of one part, V preview of what is merged so far, O output. All plain data or typed arrays. */
export interface Job<I = unknown, P = unknown, R = unknown, V = unknown, O = unknown> {
  split(input: I): readonly P[];
  /** `payload` is what the caller attached to this part (row bands of a movie, say). */
  run(input: I, part: P, context: JobContext, payload: unknown): Promise<R>;
  merger(input: I): Merger<R, V, O>;
}

export interface Merger<R, V, O> {
  add(partial: R, part: number): void;
  /** A picture of what there is so far; asked for a few times a second. */
  preview?(): V;
  finish(): O | Promise<O>;
}

/** A job of one part. */
export function singleJob<I, O>(run: (input: I, context: JobContext) => Promise<O> | O): Job<I, null, O, never, O> {
  return {
    split: () => [null],
    run: async (input, _part, context) => run(input, context),
    merger: () => {
      let output: O;
      return {
        add: (partial) => {
          output = partial;
        },
        finish: () => output,
      };
    },
  };
}

/** A job whose types only its callers know: opaque data in, opaque data out. */
export interface AnyJob {
  split(input: never): readonly unknown[];
  run(input: never, part: never, context: JobContext, payload: unknown): Promise<unknown>;
  merger(input: never): { add(partial: never, part: number): void; preview?(): unknown; finish(): unknown };
}

/** What a modality does in workers. `open` reads metadata only and takes milliseconds. */
export interface ModalityWorker {
  readonly id: string;
  open(listing: FileListing, root: string, context: JobContext): Promise<unknown>;
  readonly jobs: Readonly<Record<string, AnyJob>>;
}
