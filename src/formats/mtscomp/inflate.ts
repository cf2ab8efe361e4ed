// One zlib stream (RFC 1950) into an array of known size, by the browser's own decoder, which checks the stream's checksum too.
import { type ErrorPlace, isSomascopeError, SomascopeError } from '../../base/errors.ts';
import { grouped } from '../../base/number-format.ts';
import { throwIfAborted } from '../../base/steps.ts';

// A browser may unpack all of one write before it hands over any: small writes bound what a flood can take.
const PIECE = 256 * 1024;

/** Exactly `size` bytes. Throws Invalid where the stream is damaged, ends early or unpacks to more. */
export async function inflateZlib(
  compressed: Uint8Array<ArrayBuffer>,
  size: number,
  place: ErrorPlace,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const out = new Uint8Array(size);
  const stream = new DecompressionStream('deflate');
  const reader = stream.readable.getReader();
  const writer = stream.writable.getWriter();
  const feed = async () => {
    for (let at = 0; at < compressed.length; at += PIECE) await writer.write(compressed.subarray(at, at + PIECE));
    await writer.close();
  };
  // What fails here fails the reading side too, which tells it.
  void feed().catch(() => undefined);
  const bad = (what: string, cause?: unknown) =>
    new SomascopeError('Invalid', `A chunk of ${place.file} ${what}.`, place, 'Copy the file again.', cause);
  let filled = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      throwIfAborted(signal);
      if (filled + value.length > size) throw bad(`unpacks to more than ${grouped(size)} bytes`);
      out.set(value, filled);
      filled += value.length;
    }
  } catch (error) {
    throw isSomascopeError(error) ? error : bad('is damaged: it cannot be unpacked', error);
  } finally {
    void reader.cancel().catch(() => undefined);
  }
  if (filled < size) throw bad(`unpacks to ${grouped(filled)} bytes instead of ${grouped(size)}`);
  return out;
}
