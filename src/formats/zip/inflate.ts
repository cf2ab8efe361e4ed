// Raw deflate (RFC 1951) into one array of the declared size. Bytes are counted as they come: a stream that unpacks to more than
// it declares is stopped at the first byte too many. The browser's own decoder does the work; fflate where it has none.
import { type ErrorPlace, isSomascopeError, SomascopeError } from '../../base/errors.ts';
import { byteSize, grouped } from '../../base/number-format.ts';
import { breathe, throwIfAborted } from '../../base/steps.ts';

type Bytes = Uint8Array<ArrayBuffer>;
/** Compressed bytes, piece by piece. */
export type Pieces = Iterable<Bytes> | AsyncIterable<Bytes>;
/** Takes unpacked bytes in order; false: no more are wanted. */
type Take = (chunk: Uint8Array) => boolean;
/** Unpacks all pieces, or until `take` has enough. Rejects where the stream is damaged or ends early. */
export type InflateEngine = (pieces: Pieces, take: Take) => Promise<void>;

export interface InflateOptions {
  readonly signal?: AbortSignal | undefined;
  readonly engine?: InflateEngine | undefined;
}

/** Deflate's largest ratio: 258 bytes from two bits. */
const MAX_RATIO = 1032;
// One write of a whole entry is twice as fast as small ones, but a browser may unpack all of one write before it hands over any.
const WHOLE_BYTES = 512 * 1024;
const WHOLE_RATIO = 8;
const PIECE = 16 * 1024;

/**
 * The `size` bytes that `compressed` (exactly one deflate stream) unpacks to. Throws `Unsafe` where it holds more,
 * `Invalid` where it holds less or is damaged, `OutOfMemory`, `Aborted`; `place` says whose bytes these are.
 */
export async function inflateRaw(
  compressed: Bytes,
  size: number,
  place: ErrorPlace = {},
  options: InflateOptions = {},
): Promise<Bytes> {
  const { signal, engine = defaultEngine() } = options;
  throwIfAborted(signal);
  const what = place.entry ?? 'The entry';
  if (size > MAX_RATIO * compressed.length) {
    const sizes = `${grouped(size)} bytes cannot come out of ${grouped(compressed.length)} compressed ones`;
    throw new SomascopeError('Invalid', `${what} lies about its size: ${sizes}.`, place, DAMAGED);
  }
  const isTame = compressed.length <= WHOLE_BYTES && size <= WHOLE_RATIO * compressed.length;
  const out = allocate(size, place);
  let filled = 0;
  let isOver = false;
  const take: Take = (chunk) => {
    throwIfAborted(signal);
    isOver = filled + chunk.length > size;
    if (isOver) return false;
    out.set(chunk, filled);
    filled += chunk.length;
    return true;
  };
  try {
    await engine(cut(compressed, isTame ? compressed.length : PIECE), take);
  } catch (error) {
    throw damaged(error, what, place);
  }
  if (isOver) {
    const message = `${what} unpacks to more than the ${grouped(size)} bytes that it declares.`;
    throw new SomascopeError('Unsafe', message, place, 'It is damaged or made to flood the memory; get the file again.');
  }
  if (filled < size) {
    const message = `${what} unpacks to ${grouped(filled)} bytes, but declares ${grouped(size)}.`;
    throw new SomascopeError('Invalid', message, place, DAMAGED);
  }
  return out;
}

/** The first `length` bytes (fewer where there are fewer), reading no more pieces than these need. */
export async function inflateHead(
  pieces: Pieces,
  length: number,
  place: ErrorPlace = {},
  options: InflateOptions = {},
): Promise<Bytes> {
  const { signal, engine = defaultEngine() } = options;
  throwIfAborted(signal);
  const out = new Uint8Array(length);
  let filled = 0;
  const take: Take = (chunk) => {
    throwIfAborted(signal);
    const part = chunk.length > length - filled ? chunk.subarray(0, length - filled) : chunk;
    out.set(part, filled);
    filled += part.length;
    return filled < length;
  };
  try {
    if (length > 0) await engine(pieces, take);
  } catch (error) {
    throw damaged(error, place.entry ?? 'The entry', place);
  }
  return filled < length ? out.slice(0, filled) : out;
}

/** The browser's (or Node's) own decoder. */
export const nativeEngine: InflateEngine = async (pieces, take) => {
  const stream = new DecompressionStream('deflate-raw');
  const reader = stream.readable.getReader();
  const writer = stream.writable.getWriter();
  let feedError: unknown;
  const feed = async () => {
    try {
      for await (const piece of pieces) await writer.write(piece);
      await writer.close();
    } catch (error) {
      // Damage fails the reading side too; what failed in `pieces` must be told to it.
      feedError = error;
      await writer.abort(error).catch(() => undefined);
    }
  };
  void feed();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      if (!take(value)) break;
    }
  } catch (error) {
    throw isSomascopeError(feedError) ? feedError : error;
  } finally {
    void reader.cancel().catch(() => undefined);
  }
};

/** For browsers whose `DecompressionStream` does not know 'deflate-raw'. */
export const fflateEngine: InflateEngine = async (pieces, take) => {
  const { Inflate } = await import('fflate');
  let isWanted = true;
  const inflate = new Inflate((chunk) => {
    if (isWanted && chunk.length > 0) isWanted = take(chunk);
  });
  for await (const piece of pieces) {
    // Large pieces would block and could unpack a thousandfold at once.
    for (const part of cut(piece, PIECE)) {
      inflate.push(part);
      if (!isWanted) return;
    }
    await breathe();
  }
  inflate.push(new Uint8Array(0), true);
};

let chosen: InflateEngine | undefined;

function defaultEngine(): InflateEngine {
  chosen ??= hasNativeInflate() ? nativeEngine : fflateEngine;
  return chosen;
}

function hasNativeInflate(): boolean {
  try {
    new DecompressionStream('deflate-raw');
    return true;
  } catch {
    return false;
  }
}

function* cut(bytes: Bytes, length: number): Generator<Bytes> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

const DAMAGED = 'It is damaged; get the file again.';

function damaged(error: unknown, what: string, place: ErrorPlace): SomascopeError {
  if (isSomascopeError(error)) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new SomascopeError(
    'Invalid',
    `${what} cannot be unpacked: its compressed bytes are damaged (${reason}).`,
    place,
    DAMAGED,
    error,
  );
}

function allocate(size: number, place: ErrorPlace): Bytes {
  try {
    return new Uint8Array(size);
  } catch (error) {
    const message = `${place.entry ?? 'The entry'} needs ${byteSize(size)} of memory, which the browser refused.`;
    throw new SomascopeError('OutOfMemory', message, place, 'Close other data sets, then try again.', error);
  }
}
