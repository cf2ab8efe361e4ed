// Writes the sample data under public/samples. Seeded: the same script gives the same bytes.
import { mkdirSync, writeFileSync } from 'node:fs';
import { ephysFiles } from './simulate/ephys-sample.ts';
import { zipOf } from './simulate/neurofinder-files.ts';
import { calciumFiles, exampleSample } from './simulate/sample.ts';
import { volumeFiles } from './simulate/volume-sample.ts';

const folder = new URL('../public/samples/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [name, bytes] of [
  ['calcium.zip', zipOf(calciumFiles())],
  ['ephys.zip', zipOf(ephysFiles())],
  ['example.npy', exampleSample()],
  ['volume.zip', zipOf(volumeFiles())],
] as const) {
  writeFileSync(new URL(name, folder), bytes);
  console.log(`public/samples/${name}: ${bytes.length.toLocaleString('en-US')} bytes`);
}
