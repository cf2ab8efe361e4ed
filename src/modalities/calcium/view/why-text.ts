// Why a region was found, in words and numbers: what the figures of its detection say.
import { fixed } from '../../../base/number-format.ts';
import type { Detection, Why } from '../shared/detection.ts';

export interface WhyFigure {
  readonly name: string;
  readonly value: string;
  /** What it means. */
  readonly hint: string;
  /** What it was measured on: the plane's name in the resource cache, and the name of its picture. */
  readonly image?: { readonly image: string; readonly label: string };
}

/** A share worth telling of. */
const MUCH_OVERLAP = 0.1;

/** One or two sentences. */
export function whyText({ kind }: Pick<Detection, 'kind'>, { gain, gainOdd, gainEven, activity, overlap }: Why): string {
  const halves = [gainOdd, gainEven].filter((one) => one > 0).length;
  const seen = ['in neither half of the movie alone', 'in one half of the movie only', 'in both halves of the movie'][halves]!;
  const ring = gain > 0 ? `a ring on the mean image, seen ${seen}` : '';
  const active = activity ? `activity up to ${fixed(activity.peak, 0)} times the noise` : '';
  const carried = kind === 'activity' ? [active, ring] : [ring, active];
  const found = carried.filter(Boolean).join(gain > 0 && activity ? ', and by ' : '');
  const shared = overlap > MUCH_OVERLAP ? ` ${fixed(100 * overlap, 0)} % of it lies under other regions.` : '';
  return `Found by ${found}.${shared}`;
}

export function whyFigures({ gain, gainOdd, gainEven, falseDiscoveryRate, activity, overlap }: Why): readonly WhyFigure[] {
  return [
    {
      name: 'Gain',
      value: fixed(gain, 1),
      hint: 'Gain: how well learned rings explain this place of the mean image',
      image: { image: 'mean', label: 'Mean image around the region' },
    },
    {
      name: 'Odd',
      value: fixed(gainOdd, 1),
      hint: 'Gain on the mean of the odd frames alone',
      image: { image: 'odd-mean', label: 'Mean of the odd frames around the region' },
    },
    {
      name: 'Even',
      value: fixed(gainEven, 1),
      hint: 'Gain on the mean of the even frames alone',
      image: { image: 'even-mean', label: 'Mean of the even frames around the region' },
    },
    {
      name: 'FDR',
      value: fixed(falseDiscoveryRate, 2),
      hint: 'False-discovery rate: share of rings at least as good that texture without cells would give',
    },
    {
      name: 'Activity',
      value: fixed(activity?.belief, 2),
      hint: 'How far activity like this goes with rings in this movie; the picture is the correlation image',
      image: { image: 'correlation', label: 'Correlation image around the region' },
    },
    { name: 'Overlap', value: `${fixed(100 * overlap, 0)} %`, hint: 'Share of its pixels in other regions shown by default' },
  ];
}
