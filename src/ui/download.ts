// Saves a file: a Blob by a link with an object URL, chunks as a stream where the person picked a place, else gathered in a Blob.
import { SomascopeError } from '../base/errors.ts';

const REVOKE_AFTER_MS = 60_000;

/** Saves under `name` in the browser's download folder. */
export function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser reads the address after the click; one minute is long enough for it to have begun.
  setTimeout(() => URL.revokeObjectURL(url), REVOKE_AFTER_MS);
}

export function saveText(name: string, text: string, type = 'text/plain'): void {
  saveBlob(name, new Blob([text], { type: `${type};charset=utf-8` }));
}

export function saveBytes(
  name: string,
  bytes: ArrayBuffer | ArrayBufferView<ArrayBuffer>,
  type = 'application/octet-stream',
): void {
  saveBlob(name, new Blob([bytes], { type }));
}

type Chunk = Uint8Array<ArrayBuffer>;

interface FilePicker {
  showSaveFilePicker(options: { suggestedName: string }): Promise<FileSystemFileHandle>;
}

const hasPicker = (scope: object): scope is FilePicker => 'showSaveFilePicker' in scope;

/** A file on disk that the person picks, to be called in their click; null where the browser cannot ask. Throws the browser's
 *  AbortError where they picked none. */
export async function pickFile(name: string): Promise<FileSystemWritableFileStream | null> {
  const scope: object = globalThis;
  if (!hasPicker(scope)) return null;
  const handle = await scope.showSaveFilePicker({ suggestedName: name });
  return handle.createWritable();
}

/** What a failed write means to a person. */
export function writeError(name: string, error: unknown): unknown {
  return error instanceof DOMException && error.name === 'QuotaExceededError'
    ? new SomascopeError('Storage', 'The disk is full.', { file: name }, 'Free some space, then save again.', error)
    : error;
}

/** Saves what is produced chunk by chunk. With `pick` (after a click) it streams to a chosen file, so size does not matter. */
export async function saveChunks(
  name: string,
  chunks: AsyncIterable<Chunk> | Iterable<Chunk>,
  { pick = false, type = 'application/octet-stream' } = {},
): Promise<void> {
  const file = pick ? await pickFile(name) : null;
  if (file) {
    try {
      for await (const chunk of chunks) await file.write(chunk);
      await file.close();
    } catch (error) {
      await file.abort();
      throw writeError(name, error);
    }
    return;
  }
  // Blobs may lie on disk, so the gathered whole is not one string or array in memory.
  const parts: Blob[] = [];
  for await (const chunk of chunks) parts.push(new Blob([chunk]));
  saveBlob(name, new Blob(parts, { type }));
}
