// What crosses between the page and a worker. Errors travel as plain objects (comlink keeps only name, message and stack),
// arrays are transferred: whatever a job returns, and every payload, is given away.

import { fromPlain, type PlainError, toPlain } from '../base/errors.ts';
import type { FileListing } from '../base/listing.ts';

export interface NamedFile {
  readonly file: File;
  readonly path: string;
}

/** What was dropped, and the archives among it that could not be listed. */
export interface Listed {
  readonly listing: FileListing;
  readonly faults: readonly PlainError[];
}

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: PlainError };

/** Which job of which modality. */
export interface JobName {
  readonly modality: string;
  readonly job: string;
}

/** What a worker answers to; every method may be called while others run. */
export interface Host {
  ping(): Outcome<true>;
  /** `nestedBytes`: what compressed zips inside a zip may unpack to. */
  list(call: number, files: readonly NamedFile[], nestedBytes: number): Promise<Outcome<Listed>>;
  head(listing: FileListing, index: number): Promise<Outcome<Uint8Array>>;
  open(call: number, modality: string, listing: FileListing, root: string): Promise<Outcome<unknown>>;
  /** Runs a whole job in this worker. */
  ask(call: number, name: JobName, input: unknown, payload: unknown): Promise<Outcome<unknown>>;
  /** Hands over a job's input once; `progress` gets {part, share} until `forget`. */
  prepare(call: number, name: JobName, input: unknown, progress: MessagePort): Outcome<true>;
  split(call: number): Outcome<readonly unknown[]>;
  part(call: number, index: number, part: unknown, payload: unknown): Promise<Outcome<unknown>>;
  mergeAdd(call: number, index: number, partial: unknown): Outcome<true>;
  mergePreview(call: number): Outcome<unknown>;
  mergeFinish(call: number): Promise<Outcome<unknown>>;
  cancel(call: number): Outcome<true>;
  forget(call: number): Outcome<true>;
}

/** The host as the page sees it. comlink's own mapping would split every `Outcome` into its two cases. */
export type HostProxy = { readonly [K in keyof Host]: (...args: Parameters<Host[K]>) => Promise<Awaited<ReturnType<Host[K]>>> };

export function failed(error: unknown): Outcome<never> {
  return { ok: false, error: toPlain(error) };
}

export function unwrap<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw fromPlain(outcome.error);
}
