// Extracellular recordings: SpikeGLX, flat binary, cbin, Open Ephys, MDA, NPY; sortings of phy, Kilosort, SpikeInterface; drift protocols.
import type { Modality } from '../modality.ts';

export const ephys: Modality = {
  id: 'ephys',
  title: 'Neuropixels',
  blurb: 'raw recordings of any size with or without a sorting: browse, judge units, see drift',
  async detect(listing) {
    if (!listing.paths.some((path) => /\.(bin|dat)$/.test(path))) return null;
    return { score: 0.9, reason: 'found', kind: 'dataset', parts: [{ name: 'x', root: '' }] };
  },
  view: () => import('./view/view.tsx'),
};
