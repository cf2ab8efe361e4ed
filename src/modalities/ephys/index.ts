// Extracellular recordings: SpikeGLX, flat binary, cbin, Open Ephys, MDA, NPY; sortings of phy, Kilosort, SpikeInterface; drift protocols.
import { baseName } from '../../base/listing.ts';
import type { Match, Modality } from '../modality.ts';
import { isCurationHead } from './shared/curation.ts';
import { findEphys } from './shared/find-ephys.ts';
import { jsonKindOf } from './shared/find-files.ts';

export const ephys: Modality = {
  id: 'ephys',
  title: 'Neuropixels',
  blurb: 'SpikeGLX, cbin, Open Ephys, flat binary, MDA or NPY recordings of any size; phy, Kilosort and SpikeInterface sortings',
  sample: {
    file: 'samples/ephys.zip',
    title: 'Neuropixels',
    facts: '3 s, 32 channels, 10 units, drift, 1.5 MB',
    picture: 'samples/ephys.png',
  },
  async detect(listing, head): Promise<Match | null> {
    const { sets } = await findEphys(listing, head);
    const [first] = sets;
    if (!first) {
      const [path, ...others] = listing.paths;
      if (path === undefined || others.length > 0 || !/\.json$/i.test(path)) return null;
      const bytes = await head(0);
      const layer = { score: 0.99, kind: 'layer', parts: [{ name: path, root: '' }] } as const;
      if (isCurationHead(bytes)) return { ...layer, reason: 'found a curation of units' };
      return jsonKindOf(baseName(path), bytes) ? { ...layer, reason: 'found what describes a recording' } : null;
    }
    const more = sets.length > 1 ? ` and ${sets.length - 1} more` : '';
    const match = { score: first.score, reason: `${first.reason}${more}`, parts: sets.map(({ name, root }) => ({ name, root })) };
    if (sets.some(({ recording }) => recording)) return { ...match, kind: 'dataset' };
    // A sorting is a layer of the recording that is open; a motion by itself says nothing.
    return { ...match, kind: 'layer', ...(first.sortings.length > 0 ? { standsAlone: true } : { onlyBeside: true }) };
  },
  describes: (name, head) => jsonKindOf(name, head) !== undefined,
  view: () => import('./view/view.tsx'),
  credits: async () => (await import('./view/credits.ts')).CREDITS,
  comingFrom: async () => (await import('./view/coming-from.ts')).COMING_FROM,
  catalogue: async () => (await import('./view/catalogue.tsx')).Catalogue,
  async addLayer(listing, open, activeId) {
    return (await import('./view/add-layer.ts')).addLayer(listing, open, activeId);
  },
  async opened(dataset) {
    (await import('./view/activate.ts')).openEphys(dataset);
  },
  async keeper() {
    return (await import('./view/keeper.ts')).keeperOf;
  },
  reconnect(dataset) {
    void import('./view/activate.ts').then(({ reconnect }) => reconnect(dataset));
  },
  close(dataset) {
    void import('./view/activate.ts').then(({ closeEphys }) => closeEphys(dataset.id));
  },
};
