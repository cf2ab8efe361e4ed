// Writes sw.js into the built page: service-worker.js with the list of every file of the build, and a version that changes with any
// of them.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import type { Plugin } from 'vite';

export const SERVICE_WORKER = 'sw.js';

/** The script for the built page in `folder`. */
export function makeServiceWorker(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => path !== SERVICE_WORKER)
    .sort();
  const hash = createHash('sha256');
  for (const path of files)
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(folder, path)));
  const template = readFileSync(join(import.meta.dirname, 'service-worker.js'), 'utf8');
  return template.replace("['__FILES__']", JSON.stringify(files)).replace('__VERSION__', hash.digest('hex').slice(0, 16));
}

export function serviceWorker(): Plugin {
  let folder = '';
  return {
    name: 'service-worker',
    apply: 'build',
    configResolved: ({ root, build }) => {
      folder = resolve(root, build.outDir);
    },
    closeBundle: () => writeFileSync(join(folder, SERVICE_WORKER), makeServiceWorker(folder)),
  };
}
