// Opens a remembered data set again: from the handles of its files where the browser keeps them, from the sample beside the page,
// else from files that the person picks.

import { SomascopeError } from '../base/errors.ts';
import { keptSets } from '../state/keeping.ts';
import { notify, reportError } from '../state/log.ts';
import { noteOrigin } from '../state/origins.ts';
import { type Card, type Origin, type Origins, readOrigins } from '../state/saved.ts';
import type { NamedFile } from '../workers/client.ts';
import { openFiles } from './open-files.ts';
import { fetchBeside } from './samples.ts';

interface Picker {
  showOpenFilePicker(options?: { readonly multiple?: boolean }): Promise<FileSystemFileHandle[]>;
}

/** With what TypeScript's own types leave out. */
interface Asking extends FileSystemHandle {
  requestPermission?(options: { readonly mode: 'read' }): Promise<PermissionState>;
}

const hasPicker = (scope: object): scope is Picker => 'showOpenFilePicker' in scope;
const isFolder = (handle: FileSystemHandle): handle is FileSystemDirectoryHandle => handle.kind === 'directory';
const isFile = (handle: FileSystemHandle): handle is FileSystemFileHandle => handle.kind === 'file';

/** Whether this browser can open files without their being dropped. */
export function canPick(): boolean {
  return hasPicker(globalThis);
}

/** Called from a click, because the browser asks the person. */
export async function reopen(card: Card): Promise<void> {
  try {
    const origins = await readOrigins(card.fingerprint);
    const given = origins.length > 0 ? origins : await pick();
    const own = await filesOfAll(given.filter((origin): origin is Origin => !isJoined(origin)));
    // Asked for before anything is opened: the browser allows it only right after the click.
    const joined = await Promise.all(given.filter(isJoined).map((origins) => filesJoined(card, origins)));
    await openFiles(own);
    for (const files of joined) if (files.length > 0) await openFiles(files);
    if (own.length > 0 && !keptSets().some(({ fingerprint }) => fingerprint === card.fingerprint)) {
      notify(
        'warning',
        `${card.name} is another file now`,
        'Its content is not the one that was edited; the saved work waits for that one.',
      );
    }
  } catch (error) {
    reportError(error, `${card.name} could not be opened`);
  }
}

const isJoined = (origin: Origins[number]): origin is readonly Origin[] => Array.isArray(origin);

async function filesOfAll(origins: readonly Origin[]): Promise<NamedFile[]> {
  return (await Promise.all(origins.map(filesOf))).flat();
}

/** None where they are gone, which is told: the data set opens without them. */
async function filesJoined(card: Card, origins: readonly Origin[]): Promise<NamedFile[]> {
  try {
    return await filesOfAll(origins);
  } catch (error) {
    reportError(error, `${card.name} is open without what was dropped onto it`);
    return [];
  }
}

async function pick(): Promise<Origins> {
  const scope: object = globalThis;
  return hasPicker(scope) ? scope.showOpenFilePicker({ multiple: true }) : [];
}

async function filesOf(origin: Origin): Promise<NamedFile[]> {
  if (typeof origin === 'string') {
    const file = await fetchBeside(origin);
    return [{ file, path: file.name }];
  }
  const asking: Asking = origin;
  if ((await asking.requestPermission?.({ mode: 'read' })) === 'denied') {
    throw new SomascopeError(
      'FileChanged',
      'The browser was not allowed to read it.',
      { file: origin.name },
      'Drop the file again.',
    );
  }
  const files = await walk(origin, '');
  for (const { file } of files) noteOrigin(file, origin);
  return files;
}

async function walk(handle: FileSystemHandle, folder: string): Promise<NamedFile[]> {
  const path = folder + handle.name;
  if (isFile(handle)) return [{ file: await handle.getFile(), path }];
  if (!isFolder(handle)) return [];
  const found: NamedFile[] = [];
  for await (const inner of handle.values()) found.push(...(await walk(inner, `${path}/`)));
  return found;
}
