// Binary morphology on masks [z, y, x] (0 or not 0; results 0 or 1) with balls of any radius in voxels, through the exact distance:
// radius 1 takes the 6 neighbours, 1.5 the 18, 1.8 the 26. `flat` works within each slice with discs. Beyond the border lies
// neither mask nor background, so what a border cuts is not eaten away from there.
import { type Steps, within } from '../../../base/steps.ts';
import type { FloatVolume, LabelVolume } from '../volume.ts';
import { componentStats } from './component-stats.ts';
import { squaredDistance, WITHIN_SLICE } from './distance.ts';
import { type Connectivity, findComponents, NONZERO, paintKept, type Runs, ZERO } from './run-components.ts';

export interface Ball {
  readonly radius: number;
  readonly flat?: boolean;
}

function* distanceTo(mask: LabelVolume, is: typeof NONZERO, { flat }: Ball): Steps<FloatVolume> {
  return yield* squaredDistance(mask, is, flat ? WITHIN_SLICE : [1, 1, 1]);
}

function maskWhere({ data, shape }: FloatVolume, test: (squared: number) => boolean): LabelVolume {
  const out = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) out[i] = Number(test(data[i]!));
  return { data: out, shape };
}

export function* dilate(mask: LabelVolume, ball: Ball): Steps<LabelVolume> {
  const reach = ball.radius * ball.radius;
  return maskWhere(yield* distanceTo(mask, NONZERO, ball), (squared) => squared <= reach);
}

export function* erode(mask: LabelVolume, ball: Ball): Steps<LabelVolume> {
  const reach = ball.radius * ball.radius;
  return maskWhere(yield* distanceTo(mask, ZERO, ball), (squared) => squared > reach);
}

/** Takes away what no ball fits into. */
export function* openMask(mask: LabelVolume, ball: Ball): Steps<LabelVolume> {
  return yield* within(dilate(yield* within(erode(mask, ball), 0, 0.5), ball), 0.5, 1);
}

/** Fills gaps that no ball fits into. */
export function* closeMask(mask: LabelVolume, ball: Ball): Steps<LabelVolume> {
  return yield* within(erode(yield* within(dilate(mask, ball), 0, 0.5), ball), 0.5, 1);
}

/** Keeps components by a rule. */
function maskOf(runs: Runs, keep: (component: number) => boolean): LabelVolume {
  const data = new Uint8Array(runs.shape[0] * runs.shape[1] * runs.shape[2]);
  paintKept(
    runs,
    Uint8Array.from({ length: runs.count }, (_, c) => Number(keep(c))),
    data,
  );
  return { data, shape: runs.shape };
}

/** Components of at least `least` and at most `most` voxels. */
export function* filterBySize(
  mask: LabelVolume,
  {
    least = 1,
    most = Infinity,
    connectivity = 26,
  }: { readonly least?: number; readonly most?: number; readonly connectivity?: Connectivity },
): Steps<LabelVolume> {
  const runs = yield* findComponents(mask, connectivity);
  const { sizes } = componentStats(runs);
  return maskOf(runs, (c) => sizes[c]! >= least && sizes[c]! <= most);
}
