// A simulated movie as the files of a neurofinder data set, in the order of the published zips' layout.
import type { SimulatedMovie } from '../simulate-movie.ts';
import { writeTiff } from './write-tiff.ts';
import { packEntry, type ZipSink, ZipWriter } from './write-zip.ts';

export interface NeurofinderFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Region ids of the published labels begin here. */
const FIRST_ID = 9000;

/** `name` is the data set's, such as `sample.00`; paths begin with `neurofinder.<name>/`. Folders have no bytes. */
export function* neurofinderFiles(
  name: string,
  simulated: SimulatedMovie,
  info: object,
  texts: Readonly<Record<string, string>>,
): Generator<NeurofinderFile> {
  const { movie, regions, params } = simulated;
  const { height, width, frames } = params;
  const root = `neurofinder.${name}`;
  const text = new TextEncoder();
  const nothing = new Uint8Array(0);
  yield { path: `${root}/`, bytes: nothing };
  yield { path: `${root}/info.json`, bytes: text.encode(`${JSON.stringify(info, null, 1)}\n`) };
  for (const [file, content] of Object.entries(texts)) yield { path: `${root}/${file}`, bytes: text.encode(content) };
  yield { path: `${root}/regions/`, bytes: nothing };
  const labels = regions.map((coordinates, i) => ({ id: FIRST_ID + i, coordinates }));
  yield { path: `${root}/regions/regions.json`, bytes: text.encode(JSON.stringify(labels)) };
  yield { path: `${root}/images/`, bytes: nothing };
  for (let t = 0; t < frames; t++) {
    const frame = movie.subarray(t * height * width, (t + 1) * height * width);
    yield { path: `${root}/images/image${String(t).padStart(5, '0')}.tiff`, bytes: writeTiff(frame, height, width) };
  }
}

/** The same as one zip in memory. */
export function zipOf(files: Iterable<NeurofinderFile>): Uint8Array<ArrayBuffer> {
  const pieces: Uint8Array[] = [];
  const sink: ZipSink = { write: (bytes) => pieces.push(bytes) };
  const zip = new ZipWriter(sink);
  for (const { path, bytes } of files) zip.add(path, packEntry(bytes));
  zip.finish();
  return new Uint8Array(Buffer.concat(pieces));
}
