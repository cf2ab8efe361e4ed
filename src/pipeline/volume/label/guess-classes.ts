// Which label value means what, judged by the image: data sets of X-ray tissue number blood vessels, cells and myelinated axons
// differently. Axons are brighter than the background (value 0), vessels are the darkest, cells dark too but not as dark.
import type { LabelVolume, Volume } from '../volume.ts';
import { requireSameShape } from '../volume.ts';

export type Tissue = 'background' | 'vessel' | 'cell' | 'axon';

/** Grey levels between two classes, in standard deviations of the background, that tell them apart. */
const CLEAR = 0.3;

/** What each label value present is; null where the image does not tell (one dark class alone, or levels that are alike). */
export function guessClasses(image: Volume, labels: LabelVolume): ReadonlyMap<number, Tissue> | null {
  requireSameShape(image.shape, labels.shape, 'image', 'labels');
  const [voxels, sum, squares] = [new Float64Array(256), new Float64Array(256), new Float64Array(256)];
  for (let i = 0; i < labels.data.length; i++) {
    const value = image.data[i]!;
    if (Number.isNaN(value)) continue;
    const label = labels.data[i]!;
    voxels[label]!++;
    sum[label]! += value;
    squares[label]! += value * value;
  }
  const mean = (label: number) => sum[label]! / voxels[label]!;
  const others = Array.from(voxels.keys()).filter((label) => label > 0 && voxels[label]! > 0);
  if (voxels[0] === 0 || others.length === 0 || others.length > 3) return null;
  const gap = CLEAR * Math.sqrt(Math.max(0, squares[0]! / voxels[0]! - mean(0) ** 2));
  const bright = others.filter((label) => mean(label) > mean(0) + gap);
  const dark = others.filter((label) => mean(label) < mean(0) - gap).sort((a, b) => mean(a) - mean(b));
  const isPlain = bright.length <= 1 && dark.length === 2 && bright.length + 2 === others.length;
  if (!isPlain || mean(dark[1]!) - mean(dark[0]!) < gap) return null;
  return new Map<number, Tissue>([
    [0, 'background'],
    [dark[0]!, 'vessel'],
    [dark[1]!, 'cell'],
    ...bright.map((label) => [label, 'axon'] as const),
  ]);
}
