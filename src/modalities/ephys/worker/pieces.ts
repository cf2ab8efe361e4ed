// Files that are made piece by piece and handed to Blobs, which the browser may keep on disk: a sorting of any length is saved in little
// memory.
import type { Bytes } from '../../../base/bytes.ts';
import type { JobContext } from '../../../base/job.ts';
import { breathe, throwIfAborted } from '../../../base/steps.ts';
import { crc32 } from '../../../formats/zip/crc32.ts';
import { headerOf, type StoredFile, zipDirectory } from '../../../formats/zip/write.ts';

export interface PiecedFile {
  readonly name: string;
  readonly pieces: Iterable<Bytes>;
}

/** `expected`: about how many bytes there will be, for the progress. */
export async function blobOf(pieces: Iterable<Bytes>, expected: number, context: JobContext): Promise<Blob> {
  const parts: Blob[] = [];
  await takePieces(pieces, expected, context, (piece) => parts.push(new Blob([piece])));
  return new Blob(parts);
}

/** A zip of stored files. */
export async function zipBlob(files: readonly PiecedFile[], expected: number, context: JobContext): Promise<Blob> {
  const parts: Blob[] = [];
  const stored: StoredFile[] = [];
  let at = 0;
  for (const { name, pieces } of files) {
    const own: Blob[] = [];
    let size = 0;
    let crc = 0;
    const share = { ...context, progress: (done: number) => context.progress(Math.min(1, at / expected + done)) };
    await takePieces(pieces, expected, share, (piece) => {
      crc = crc32(piece, crc);
      size += piece.length;
      own.push(new Blob([piece]));
    });
    // The header says size and checksum, so that it is written last.
    const file: StoredFile = { name, size, crc, at };
    const header = headerOf(file);
    parts.push(new Blob([header]), ...own);
    stored.push(file);
    at += header.length + size;
  }
  return new Blob([...parts, zipDirectory(stored, at)]);
}

async function takePieces(
  pieces: Iterable<Bytes>,
  expected: number,
  { signal, progress }: JobContext,
  take: (piece: Bytes) => void,
): Promise<void> {
  let size = 0;
  for (const piece of pieces) {
    take(piece);
    size += piece.length;
    progress(Math.min(1, size / expected));
    await breathe();
    throwIfAborted(signal);
  }
}
