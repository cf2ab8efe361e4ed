// Compressed bytes unpacked on the way, never as a whole: chunks that follow each other, and random access to the last of them.
// Offsets and lengths in bytes. The browser's own decoder does the work.
import { isSomascopeError, SomascopeError } from '../base/errors.ts';
import { throwIfAborted } from '../base/steps.ts';
import { type ByteSource, checkRange } from './source.ts';

type Bytes = Uint8Array<ArrayBuffer>;
export type Chunks = AsyncGenerator<Bytes, void, void>;

/** 'deflate' is a zlib stream (RFC 1950). */
export type Packing = 'gzip' | 'deflate' | 'deflate-raw';

// A browser may unpack all of one write, up to a thousandfold, before it hands over any.
const PIECE = 16 * 1024;
const READ = 2 ** 20;

/** The `length` bytes of `source` from `offset`, piece by piece. */
export async function* piecesOf(source: ByteSource, offset: number, length: number, signal?: AbortSignal): Chunks {
  for (let at = 0; at < length; at += READ) {
    const bytes = await source.read(offset + at, Math.min(READ, length - at), signal);
    for (let from = 0; from < bytes.length; from += PIECE) yield bytes.subarray(from, from + PIECE);
  }
}

/** The unpacked chunks of `pieces`; throws `Invalid` where they are damaged, `CutOff` where they end early. */
export async function* unpackChunks(pieces: Chunks, packing: Packing, file: string): Chunks {
  let isEnd = false;
  let failure: unknown;
  const packed = new ReadableStream<Bytes>({
    pull: async (controller) => {
      try {
        const { done, value } = await pieces.next();
        isEnd = done === true;
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        failure = error;
        controller.error(error);
      }
    },
    cancel: async () => {
      await pieces.return();
    },
  });
  const reader = packed.pipeThrough(new DecompressionStream(packing) as ReadableWritablePair<Bytes, Bytes>).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } catch (error) {
    if (isSomascopeError(failure)) throw failure;
    const tag = isEnd ? 'CutOff' : 'Invalid';
    const what = isEnd ? 'end too early or are damaged at their end' : 'are damaged';
    const message = `${file} cannot be unpacked: its compressed bytes ${what}.`;
    throw new SomascopeError(tag, message, { file }, 'Was the download complete? Get the file again.', error);
  } finally {
    void reader.cancel().catch(() => undefined);
  }
}

export interface StreamedOptions {
  /** Most unpacked bytes that are kept, the last ones read. */
  readonly window?: number;
}

const WINDOW = 16 * 2 ** 20;

/**
 * Random access to what `open` yields from its beginning on: reads that go forwards unpack no more than they must, a read before
 * the window begins anew. `size` is Infinity where nobody knows it; a stream that ends within a read throws `CutOff`.
 */
export function streamedSource(
  name: string,
  size: number,
  open: () => Chunks,
  { window = WINDOW }: StreamedOptions = {},
): ByteSource {
  let stream: Chunks | undefined;
  let held: { start: number; bytes: Bytes }[] = [];
  let heldBytes = 0;
  let position = 0;
  let turn: Promise<unknown> = Promise.resolve();

  const restart = async () => {
    await stream?.return();
    stream = open();
    held = [];
    heldBytes = 0;
    position = 0;
  };
  const readNow = async (offset: number, length: number, signal?: AbortSignal): Promise<Bytes> => {
    if (!stream || offset < (held[0]?.start ?? position)) await restart();
    const out = new Uint8Array(length);
    const copy = (start: number, bytes: Bytes) => {
      const from = Math.max(0, offset - start);
      const to = Math.min(bytes.length, offset + length - start);
      if (to > from) out.set(bytes.subarray(from, to), start + from - offset);
    };
    for (const { start, bytes } of held) copy(start, bytes);
    while (position < offset + length) {
      throwIfAborted(signal);
      const { done, value } = await stream!.next();
      if (done) throw endsEarly(name, position, offset + length);
      copy(position, value);
      held.push({ start: position, bytes: value });
      position += value.length;
      heldBytes += value.length;
      while (held.length > 1 && heldBytes > window) heldBytes -= held.shift()!.bytes.length;
    }
    return out;
  };
  const read = async (offset: number, length: number, signal?: AbortSignal) => {
    throwIfAborted(signal);
    checkRange(name, size, offset, length);
    const work = turn.then(() => readNow(offset, length, signal));
    turn = work.catch(() => {
      // A stream that failed has ended: the next read begins anew and fails in the same place.
      if (!signal?.aborted) stream = undefined;
    });
    return work;
  };
  return { name, size, read };
}

function endsEarly(name: string, has: number, wanted: number): SomascopeError {
  const message = `${name} unpacks to ${has} bytes, but ${wanted} are needed.`;
  return new SomascopeError('CutOff', message, { file: name, byte: has }, 'Was the download complete? Get the file again.');
}
