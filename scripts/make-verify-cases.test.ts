import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { verifyCaseFiles } from './make-verify-cases.ts';

it('keeps public/verify/calcium.zip as the script makes it, at most 300 kB', () => {
  const file = new Uint8Array(readFileSync(new URL('../public/verify/calcium.zip', import.meta.url)));
  expect(file.length).toBeLessThanOrEqual(300_000);
  const kept = unzipSync(file);
  const made = [...verifyCaseFiles()];
  expect(Object.keys(kept)).toEqual(made.map(({ path }) => path));
  for (const { path, bytes } of made) expect(Buffer.compare(bytes, kept[path]!), path).toBe(0);
});
