// Random access to bytes: the one thing every reader is built on. Offsets and lengths in bytes.
// A File is a handle: nothing is read before `read`, and a file that changes on disk afterwards is refused.
import { SomascopeError } from '../base/errors.ts';
import { throwIfAborted } from '../base/steps.ts';

export interface ByteSource {
  readonly name: string;
  /** Length in bytes. */
  readonly size: number;
  /** Exactly `length` bytes from `offset` in a buffer of their own; throws `CutOff` where the source ends before. */
  read(offset: number, length: number, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>>;
}

/** A file on disk. Throws `FileChanged` once it is not the file that was opened. */
export function fileSource(file: File): ByteSource {
  const { name, size, lastModified } = file;
  const read = async (offset: number, length: number, signal?: AbortSignal) => {
    throwIfAborted(signal);
    checkRange(name, size, offset, length);
    if (file.size !== size || file.lastModified !== lastModified) throw fileChanged(name);
    const bytes = await sliceOf(file, offset, length);
    throwIfAborted(signal);
    if (bytes.length !== length) throw fileChanged(name);
    return bytes;
  };
  return { name, size, read };
}

const known = new WeakMap<File, ByteSource>();

/** The source of a file, made once: so the size and time are those of the first look at it. */
export function sourceOf(file: File): ByteSource {
  const found = known.get(file);
  if (found) return found;
  const source = fileSource(file);
  known.set(file, source);
  return source;
}

/** Bytes in memory; every read is a copy, so that it can be transferred. */
export function bytesSource(name: string, bytes: Uint8Array): ByteSource {
  const read = async (offset: number, length: number, signal?: AbortSignal) => {
    throwIfAborted(signal);
    checkRange(name, bytes.length, offset, length);
    const copy = new Uint8Array(length);
    copy.set(bytes.subarray(offset, offset + length));
    return copy;
  };
  return { name, size: bytes.length, read };
}

/** Throws `CutOff` unless `offset … offset + length` lies within a source of `size` bytes. */
export function checkRange(name: string, size: number, offset: number, length: number): void {
  if (offset >= 0 && length >= 0 && offset + length <= size) return;
  throw new SomascopeError(
    'CutOff',
    `${name} ends too early: bytes ${offset} to ${offset + length} were asked for, it has ${size}.`,
    { file: name, byte: Math.max(0, Math.min(offset, size)) },
    'Was the download complete? Get the file again.',
  );
}

async function sliceOf(file: File, offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.slice(offset, offset + length).arrayBuffer());
  } catch (error) {
    if (error instanceof DOMException && (error.name === 'NotReadableError' || error.name === 'NotFoundError')) {
      throw fileChanged(file.name, error);
    }
    throw error;
  }
}

function fileChanged(name: string, cause?: unknown): SomascopeError {
  return new SomascopeError(
    'FileChanged',
    `${name} was changed, moved or removed after it was opened.`,
    { file: name },
    'Open it again.',
    cause,
  );
}
