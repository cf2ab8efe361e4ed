// A file that grows piece by piece: on disk where the browser lets the person pick a place, else gathered and downloaded. Its
// beginning may be written once more at the end, when lengths are known.
import { pickFile, saveBlob, writeError } from './download.ts';

type Piece = Uint8Array<ArrayBuffer>;

export interface FileSink {
  /** Bytes written so far. */
  readonly size: number;
  write(piece: Piece): Promise<void>;
  /** Replaces the first piece by one as long. */
  rewriteStart(piece: Piece): Promise<void>;
  close(): Promise<void>;
  /** Leaves no file behind. */
  abort(): Promise<void>;
}

/** Call it in the person's click: where the browser can, it asks where to save. Throws the browser's AbortError for none. */
export async function openFileSink(name: string, type: string): Promise<FileSink> {
  const file = await pickFile(name);
  return file ? diskSink(name, file) : blobSink(name, type);
}

function diskSink(name: string, file: FileSystemWritableFileStream): FileSink {
  let size = 0;
  const guarded = async (act: () => Promise<void>) => {
    try {
      await act();
    } catch (error) {
      throw writeError(name, error);
    }
  };
  return {
    get size() {
      return size;
    },
    write: async (piece) => {
      await guarded(() => file.write(piece));
      size += piece.length;
    },
    rewriteStart: (piece) => guarded(() => file.write({ type: 'write', position: 0, data: piece })),
    close: () => guarded(() => file.close()),
    abort: () => file.abort(),
  };
}

/** Blobs may lie on disk, so each piece is handed over as it comes. */
function blobSink(name: string, type: string): FileSink {
  let parts: Blob[] = [];
  let size = 0;
  return {
    get size() {
      return size;
    },
    write: async (piece) => {
      parts.push(new Blob([piece]));
      size += piece.length;
    },
    rewriteStart: async (piece) => {
      parts[0] = new Blob([piece]);
    },
    close: async () => saveBlob(name, new Blob(parts, { type })),
    abort: async () => {
      parts = [];
    },
  };
}
