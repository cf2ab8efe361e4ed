// Two-photon calcium imaging: neurofinder sets, TIFF stacks, npy movies; regions and submissions as layers.
import type { FileListing } from '../../base/listing.ts';
import { grouped } from '../../base/number-format.ts';
import type { Head, Match, Modality } from '../modality.ts';
import { findLayers, type LayerSource } from './shared/find-layers.ts';
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
    const parts = sets.map(({ name, root }) => ({ name, root }));
    return { score, reason, kind: 'dataset', parts, withLayers: findLayers(listing).length > 0 };
  }
  const layers = findLayers(listing);
  if (layers.length === 0) return null;
  const reason = `found ${LAYER_REASONS[layers[0]!.kind]}`;
  return { score: 0.5, reason, kind: 'layer', parts: layers.map(({ name }) => ({ name, root: name })) };
}

const LAYER_REASONS: Readonly<Record<LayerSource['kind'], string>> = {
  json: 'JSON that may hold regions',
  rois: 'ImageJ selections',
  suite2p: 'cells of suite2p',
};

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
  credits: async () => (await import('./view/credits.ts')).CREDITS,
  comingFrom: async () => (await import('./view/coming-from.ts')).COMING_FROM,
  catalogue: async () => (await import('./view/catalogue.tsx')).Catalogue,
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
