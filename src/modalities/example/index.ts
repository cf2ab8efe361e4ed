// The copy-me modality: any 2-D .npy array as an image with a cursor and an export. See CONTRIBUTING.md.
import { baseName } from '../../base/listing.ts';
import type { Modality } from '../modality.ts';

const TWO_AXES = /'shape'\s*:\s*\(\s*\d+L?\s*,\s*\d+L?\s*,?\s*\)/;
const NUMBERS = /'descr'\s*:\s*'[<>=|]?[biuf]\d/;

export const example: Modality = {
  id: 'example',
  title: 'Arrays',
  blurb: 'a two-dimensional .npy file as an image',
  sample: { file: 'samples/example.npy', title: 'Array', facts: '96 × 128 float32, as an image', picture: 'samples/example.png' },
  async detect(listing, head) {
    const parts = [];
    for (const [index, path] of listing.paths.entries()) {
      if (!path.endsWith('.npy')) continue;
      const text = new TextDecoder('latin1').decode(await head(index)).replaceAll('"', "'");
      if (TWO_AXES.test(text) && NUMBERS.test(text)) parts.push({ name: baseName(path), root: path });
    }
    return parts.length > 0 ? { score: 0.2, reason: 'found a two-dimensional array', kind: 'dataset', parts } : null;
  },
  view: () => import('./view/view.tsx'),
};
