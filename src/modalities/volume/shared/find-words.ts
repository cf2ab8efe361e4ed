// What a file's or array's name says of it: picture, truth or prediction, and of what.
import type { VolumeRole } from '../../../base/volume.ts';
import type { LabelKind } from './label-conventions.ts';

export interface NameGuess {
  readonly role: VolumeRole | undefined;
  readonly labels: LabelKind | undefined;
  /** A label convention that the name points to. */
  readonly convention: string | undefined;
}

/** Names of words, not parts of words: `pred` in my_pred.npy, not in spread.npy. */
const word = (words: string) => new RegExp(`(?:^|[^a-z])(?:${words})(?![a-z])`, 'i');

const PREDICTION = word('pred|preds|predicted|prediction|predictions|inference|segmented|output');
const TRUTH = word(
  'labels?|truth|ground[-_ ]?truth|gt|annots?|annotations?|anno|segs?|segmentation|masks?|rois?|regions?|pixel[-_]labels?|cell[-_]ids?',
);
/** MTNeuro writes no separators: task2_2D_4classtestlabels.npy. */
const GLUED = /(?:images|labels)\d*$/i;
const IMAGE = word('images?|imgs?|raw|em|grey|gr[ae]y|scan|xray|x-ray|ct|cutout|volume|vol');
const REGIONS = word('rois?|regions?|roi[-_](?:labels|interpolated)|region[-_]of[-_]interest|task1');
const MICRO = word('pixel[-_]?(?:labels?|annotations?)|micro(?:structure)?|annots?|masks?|task2[a-z0-9_]*|task3');
const NOTEBOOKS = /(?:^|[^a-z])(?:masks_(?:ctx|str|trn|zi)|microstructure_masks)/i;

/** `name` is a path or a path and a member; only its last parts speak. */
export function readName(name: string, hint: 'image' | 'labels' | undefined = undefined): NameGuess {
  const parts = name.replace(/\.(npy|npz|npygz|nii|gz|nrrd|nhdr|tiff?|png|h5|hdf5|zarr)\b/gi, '').split('/');
  const last = parts.at(-1)!;
  const role = roleOf(last) ?? roleOf(parts.at(-2) ?? '') ?? (hint === 'labels' ? 'truth' : hint);
  // A prediction's arrays are called like the truth's: pred.npz/pixel_labels.
  const isPredicted = parts.slice(-2).some((part) => PREDICTION.test(part));
  const labels = [last, parts.at(-2) ?? ''].map(kindOf).find((kind) => kind !== undefined);
  const convention = NOTEBOOKS.test(parts.slice(-2).join('/')) ? 'xray-thc-notebooks' : undefined;
  return { role: isPredicted ? 'prediction' : role, labels: role === 'image' ? undefined : labels, convention };
}

function roleOf(part: string): VolumeRole | undefined {
  if (PREDICTION.test(part)) return 'prediction';
  const glued = GLUED.exec(part)?.[0].toLowerCase();
  if (glued) return glued.startsWith('images') ? 'image' : 'truth';
  if (TRUTH.test(part)) return 'truth';
  return IMAGE.test(part) ? 'image' : undefined;
}

function kindOf(part: string): LabelKind | undefined {
  if (/^task1/i.test(part) || REGIONS.test(part)) return 'regions';
  return /^task[23]/i.test(part) || MICRO.test(part) ? 'microstructure' : undefined;
}

/** The name without the words that tell a picture from its labels: files of one volume share it. */
export function stemOf(name: string): string {
  const base = name.slice(name.lastIndexOf('/') + 1).replace(/\.(npy|npz|npygz|nii|gz|nrrd|nhdr|tiff?|png|h5|hdf5|zarr)\b/gi, '');
  return base
    .replace(/(images|labels)$/i, '')
    .split(/[^a-z0-9]+/i)
    .filter((part) => part !== '' && !PREDICTION.test(part) && !TRUTH.test(part) && !IMAGE.test(part) && !/^pixel$/i.test(part))
    .join('-')
    .toLowerCase();
}
