// Two-photon calcium imaging: neurofinder sets, TIFF stacks, npy movies; regions and submissions as layers.
import { type FileListing, isClutter } from '../../base/listing.ts';
import { grouped } from '../../base/number-format.ts';
import type { Head, Match, Modality } from '../modality.ts';
import { type FoundSet, findSets } from './shared/find-sets.ts';

async function isMovieArray(set: FoundSet, head: Head): Promise<boolean> {
  const text = new TextDecoder('latin1').decode(await head(set.images[0]!));
  return /'shape'\s*:\s*\(\s*\d+L?\s*,\s*\d+L?\s*,\s*\d+L?\s*,?\s*\)/.test(text.replaceAll('"', "'"));
}

async function detect(listing: FileListing, head: Head): Promise<Match | null> {
  const found = findSets(listing);
  const sets: FoundSet[] = [];
  for (const set of found) if (set.kind !== 'npy' || (await isMovieArray(set, head))) sets.push(set);
  const first = sets[0];
  if (first) {
    const labelled = sets.filter(({ regions }) => regions !== undefined).length;
    const what = { neurofinder: 'images/*.tiff', 'neurofinder-2015': 'images/*.bin', tiff: 'TIFF pages', npy: 'a .npy movie' }[
      first.kind
    ];
    const reason = `found ${sets.length > 1 ? `${sets.length} sets with ` : ''}${what} (${grouped(first.images.length)} files)${labelled ? ' and regions' : ''}`;
    const score = first.kind.startsWith('neurofinder') ? 1 : first.kind === 'npy' ? 0.6 : 0.5;
    return { score, reason, kind: 'dataset', parts: sets.map(({ name, root }) => ({ name, root })) };
  }
  const useful = listing.paths.filter((path) => !isClutter(path));
  if (useful.length > 0 && useful.every((path) => path.toLowerCase().endsWith('.json'))) {
    return {
      score: 0.5,
      reason: 'found JSON that may hold regions',
      kind: 'layer',
      parts: useful.map((path) => ({ name: path, root: path })),
    };
  }
  return null;
}

export const calcium: Modality = {
  id: 'calcium',
  title: 'Calcium imaging',
  blurb: 'neurofinder zips and folders, TIFF stacks, NPY movies; find neurons, export a submission',
  sample: {
    file: 'samples/calcium.zip',
    title: 'Calcium imaging',
    facts: '200 frames, 120 × 144, truth, 1.4 MB',
    picture: 'samples/calcium.png',
  },
  golden: 'verify/calcium.zip',
  detect,
  view: () => import('./view/view.tsx'),
  async addLayer(listing, open, activeId) {
    const { addRegionFiles } = await import('./view/layers.ts');
    await addRegionFiles(listing, open, activeId);
  },
  async opened(dataset) {
    (await import('./view/activate.ts')).openCalcium(dataset);
  },
  async keeper() {
    return (await import('./view/keeper.ts')).keeperOf;
  },
  reconnect(dataset) {
    void import('./view/activate.ts').then(({ reconnect }) => reconnect(dataset));
  },
  close(dataset) {
    void import('./view/activate.ts').then(({ closeCalcium }) => closeCalcium(dataset.id));
  },
};
