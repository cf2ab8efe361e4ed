// Zstandard frames, by fzstd, which is loaded when the first one is met.
import { SomascopeError } from '../base/errors.ts';

/** Exactly `size` bytes. Throws `Invalid` where the frame is damaged or holds another number of bytes. */
export async function unpackZstd(packed: Uint8Array, size: number, file: string): Promise<Uint8Array<ArrayBuffer>> {
  const { Decompress } = await import('fzstd');
  const out = new Uint8Array(size);
  let filled = 0;
  let isOver = false;
  try {
    const stream = new Decompress((chunk) => {
      isOver ||= filled + chunk.length > size;
      if (isOver) return;
      out.set(chunk, filled);
      filled += chunk.length;
    });
    stream.push(packed, true);
  } catch (error) {
    throw damaged(file, error instanceof Error ? error.message : String(error), error);
  }
  if (isOver || filled !== size)
    throw damaged(file, `it holds ${isOver ? 'more' : 'fewer'} bytes than the ${size} that are needed`);
  return out;
}

function damaged(file: string, why: string, cause?: unknown): SomascopeError {
  return new SomascopeError('Invalid', `A Zstandard frame is damaged: ${why}.`, { file }, 'Get the file again.', cause);
}
