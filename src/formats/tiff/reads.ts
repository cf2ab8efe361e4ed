// Parsers that ask for the bytes they need: the same directory walk serves bytes in memory (synchronously, no copies) and
// files of gigabytes (range reads). A parser is a generator that yields ranges and is handed their bytes.
import { throwIfAborted } from '../../base/steps.ts';
import { type ByteSource, checkRange } from '../source.ts';

export interface ByteRange {
  readonly offset: number;
  readonly length: number;
}

export type Reads<T> = Generator<ByteRange, T, Uint8Array<ArrayBuffer>>;

/** Answers from memory with views; throws `CutOff` where a range lies outside. */
export function readFrom<T>(bytes: Uint8Array<ArrayBuffer>, file: string, reads: Reads<T>): T {
  let step = reads.next();
  while (!step.done) {
    const { offset, length } = step.value;
    checkRange(file, bytes.length, offset, length);
    step = reads.next(bytes.subarray(offset, offset + length));
  }
  return step.value;
}

const FIRST_CHUNK = 4096;
const LAST_CHUNK = 1 << 20;
const WINDOWS = 4;

/**
 * Answers from a source. Small ranges come out of a few chunks kept in memory; chunks grow while the parser walks forwards
 * (directories side by side) and stay small where it jumps (a directory after each frame). Throws what the source throws.
 */
export async function readThrough<T>(source: ByteSource, reads: Reads<T>, signal?: AbortSignal): Promise<T> {
  const windows: { start: number; bytes: Uint8Array<ArrayBuffer> }[] = [];
  let chunk = FIRST_CHUNK;
  let step = reads.next();
  while (!step.done) {
    const { offset, length } = step.value;
    throwIfAborted(signal);
    checkRange(source.name, source.size, offset, length);
    let held = windows.find(({ start, bytes }) => start <= offset && offset + length <= start + bytes.length);
    if (!held) {
      const last = windows[0];
      const followsOn = last !== undefined && offset >= last.start && offset < last.start + 2 * last.bytes.length;
      chunk = followsOn ? Math.min(chunk * 4, LAST_CHUNK) : FIRST_CHUNK;
      const size = Math.min(Math.max(chunk, length), source.size - offset);
      held = { start: offset, bytes: await source.read(offset, size, signal) };
      windows.unshift(held);
      windows.length = Math.min(windows.length, WINDOWS);
    }
    step = reads.next(held.bytes.subarray(offset - held.start, offset - held.start + length));
  }
  return step.value;
}
