// A simulated movie as files that the page's readers open: nothing of it is told to the detector but what a real set tells.
import type { FileListing } from '../../src/base/listing.ts';
import { listFiles } from '../../src/formats/listing.ts';
import { neurofinderFiles } from '../simulate/neurofinder-files.ts';
import type { Family } from '../simulate/params.ts';
import { type SimulatedCell, simulateMovie } from '../simulate-movie.ts';

export interface SimulatedSet {
  readonly listing: FileListing;
  readonly root: string;
  /** The labelled cells, in the order of the truth. */
  readonly cells: readonly SimulatedCell[];
}

export async function simulateSet(
  family: Family,
  seed: number,
  size: { readonly height: number; readonly width: number; readonly frames: number },
): Promise<SimulatedSet> {
  const simulated = simulateMovie(family, seed, size);
  const name = `${family}.${seed}`;
  const files = [...neurofinderFiles(name, simulated, simulated.info, {})]
    .filter(({ path }) => !path.endsWith('/'))
    .map(({ path, bytes }) => ({
      file: new File([bytes as Uint8Array<ArrayBuffer>], path.slice(path.lastIndexOf('/') + 1)),
      path,
    }));
  return { listing: await listFiles(files), root: `neurofinder.${name}`, cells: simulated.cells };
}
