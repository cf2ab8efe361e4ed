// Volumes: MTNeuro X-ray cut-outs with their labels and predictions, and any other stack of three axes.
import type { Modality } from '../modality.ts';
import { ADDRESS_ROOT, ANY_ROOT } from './shared/address.ts';
import { isTaskOneFile, TASK_ONE_REASON } from './shared/find-task-one.ts';
import { findVolumes } from './shared/find-volumes.ts';
import { fitsOpenVolume } from './shared/open-shapes.ts';

export const volume: Modality = {
  id: 'volume',
  title: 'X-ray volumes',
  blurb: 'MTNeuro cut-outs, NIfTI, NRRD, HDF5, precomputed, Zarr and labelled stacks; segment, score predictions',
  sample: {
    file: 'samples/volume.zip',
    title: 'X-ray volume',
    facts: '48 × 144 × 160 voxels, truth, prediction, 1.0 MB',
    picture: 'samples/volume.png',
  },
  addressRoot: ADDRESS_ROOT,
  treatAs: {
    label: 'Treat as volume',
    root: ANY_ROOT,
    fits: ({ paths }) => paths.some((path) => /\.(np[yz]|tiff?|png|h5|hdf5)$/i.test(path)),
  },
  async detect(listing, head) {
    const sets = await findVolumes(listing, head);
    if (sets.length > 0) {
      const [best] = [...sets].sort((a, b) => b.score - a.score);
      const hasImage = sets.some(({ volumes }) => volumes.some(({ role }) => role !== 'truth' && role !== 'prediction'));
      const parts = sets.map(({ name, root }) => ({ name, root }));
      return { score: best!.score, reason: best!.reason, kind: hasImage ? 'dataset' : 'layer', parts, standsAlone: true };
    }
    const beside = { kind: 'layer', parts: [{ name: listing.paths[0] ?? '', root: '' }], onlyBeside: true } as const;
    if (await isTaskOneFile(listing, head)) return { score: 0.95, reason: TASK_ONE_REASON, ...beside };
    if (await fitsOpenVolume(listing, head)) return { score: 0.95, reason: 'found labels of the open volume', ...beside };
    return null;
  },
  view: () => import('./view/view.tsx'),
  credits: async () => (await import('./view/credits.ts')).CREDITS,
  comingFrom: async () => (await import('./view/coming-from.ts')).COMING_FROM,
  catalogue: async () => (await import('./view/catalogue.tsx')).Catalogue,
  async addLayer(listing, open, activeId) {
    const { addFiles } = await import('./view/add-layers.ts');
    await addFiles(listing, open, activeId);
  },
  async keeper() {
    return (await import('./view/keeper.ts')).keeperOf;
  },
  close(dataset) {
    void import('./view/activate.ts').then(({ closeVolume }) => closeVolume(dataset.id));
  },
};
