// Files from an input or a drop, all in one shape: the file and its path inside what was chosen ('/' between folders).
import { noteOrigin } from '../state/origins.ts';

export interface DroppedFile {
  readonly file: File;
  readonly path: string;
}

/** From `<input type="file">`, with or without `webkitdirectory`. */
export function filesOfInput(files: FileList | null): DroppedFile[] {
  return Array.from(files ?? [], (file) => ({ file, path: file.webkitRelativePath || file.name }));
}

/** The part of FileSystemEntry that is used. */
export interface DropEntry {
  readonly isFile: boolean;
  readonly isDirectory: boolean;
  readonly fullPath: string;
}
interface FileEntry extends DropEntry {
  file(done: (file: File) => void, failed: (error: unknown) => void): void;
}
interface FolderEntry extends DropEntry {
  createReader(): { readEntries(done: (entries: DropEntry[]) => void, failed: (error: unknown) => void): void };
}
export interface DropItem {
  readonly kind: string;
  getAsFile(): File | null;
  webkitGetAsEntry?(): DropEntry | null;
  /** Chromium only: a handle that can be kept, and asked for the file on another day. */
  getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
}

const isFileEntry = (entry: DropEntry): entry is FileEntry => entry.isFile;
const isFolderEntry = (entry: DropEntry): entry is FolderEntry => entry.isDirectory;

/** Everything in a drop, folders walked to their ends. Reads the items before it first waits: they are gone afterwards. */
export async function filesOfDrop(items: Iterable<DropItem>): Promise<DroppedFile[]> {
  const roots = Array.from(items)
    .filter(({ kind }) => kind === 'file')
    .map((item) => ({
      handle: item.getAsFileSystemHandle?.(),
      entry: item.webkitGetAsEntry?.() ?? null,
      file: item.getAsFile(),
    }));
  const found: DroppedFile[] = [];
  for (const { handle, entry, file } of roots) {
    const before = found.length;
    if (entry && isFolderEntry(entry)) await walk(entry, found);
    else if (file) found.push({ file, path: file.name });
    else if (entry && isFileEntry(entry)) found.push(await fileOf(entry));
    if (handle) for (const one of found.slice(before)) noteOrigin(one.file, handle);
  }
  return found;
}

function fileOf(entry: FileEntry): Promise<DroppedFile> {
  return new Promise((done, failed) => {
    entry.file((file) => done({ file, path: entry.fullPath.replace(/^\//, '') }), failed);
  });
}

async function walk(folder: FolderEntry, found: DroppedFile[]): Promise<void> {
  const reader = folder.createReader();
  // Browsers hand out at most 100 entries a call; an empty list is the end.
  for (;;) {
    const entries = await new Promise<DropEntry[]>((done, failed) => reader.readEntries(done, failed));
    if (entries.length === 0) return;
    found.push(...(await Promise.all(entries.filter(isFileEntry).map(fileOf))));
    for (const inner of entries.filter(isFolderEntry)) await walk(inner, found);
  }
}

const ZIP = /^application\/(x-)?zip(-compressed)?$/;

/** "3 zips, 2.4 GB" as far as a drag tells: the browser hides names and sizes until the drop. */
export function describeDrag(items: Iterable<{ readonly kind: string; readonly type: string }>): string {
  const files = Array.from(items).filter(({ kind }) => kind === 'file');
  if (files.length === 0) return 'files';
  const noun = files.every(({ type }) => ZIP.test(type)) ? 'zip' : 'file';
  return `${files.length} ${noun}${files.length === 1 ? '' : 's'}`;
}
