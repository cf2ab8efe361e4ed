// Where dropped files came from, as long as the page lives: handles that can be asked for the file again, or a sample's path.
import type { Origin } from './saved.ts';

const origins = new WeakMap<File, Promise<Origin | null>>();

export function noteOrigin(file: File, origin: Origin | Promise<Origin | null>): void {
  // A browser that gives no handle gives no way back: that is no failure.
  origins.set(
    file,
    Promise.resolve(origin).catch(() => null),
  );
}

/** Each once; none where one of the files has none, because part of a data set is of no use. */
export async function originsOf(files: readonly File[]): Promise<Origin[]> {
  const found = new Set<Origin>();
  for (const file of files) {
    const origin = await origins.get(file);
    if (!origin) return [];
    found.add(origin);
  }
  return [...found];
}
