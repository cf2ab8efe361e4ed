// The detector cut into jobs: the rungs of the radius ladder, the shape search and its repeats, the activity search by bands of
// rows, and the union. Each part is independent of the others, so the result is the same for any number of workers.
import { type Job, type JobContext, singleJob } from '../../../base/job.ts';
import type { Plane } from '../../../base/ndarray.ts';
import { drive } from '../../../base/steps.ts';
import { type ActivityCandidates, activityBand } from '../../../pipeline/roi/detect/activity-band.ts';
import { type Band, bandsFor } from '../../../pipeline/roi/detect/bands.ts';
import { chooseRadius, FALLBACK_RADIUS, LADDER, type RungResult, shapeRung } from '../../../pipeline/roi/detect/radius-ladder.ts';
import { NEIGHBOUR_RADII, type Repeats } from '../../../pipeline/roi/detect/repeats.ts';
import { type ShapeHits, shapeBranch } from '../../../pipeline/roi/detect/shape-branch.ts';
import { type Detection as Found, unite as uniteFound } from '../../../pipeline/roi/detect/unite.ts';
import { compileMasks } from '../../../pipeline/signal/region-traces.ts';
import type {
  ActivityInput,
  BandPayload,
  Detection,
  RungsInput,
  ShapeInput,
  UniteInput,
  UniteOutput,
} from '../shared/detection.ts';

const stepping = ({ signal, progress }: JobContext) => ({ signal, onProgress: progress });

/** Soma radius in pixels. */
export const radius: Job<RungsInput, number, RungResult, never, number> = {
  // The largest radii cost most: begun first, they do not keep the last worker busy alone.
  split: () => [...LADDER].reverse(),
  run: ({ mean, height, width }, rung, context) => drive(shapeRung({ data: mean, height, width }, rung), stepping(context)),
  merger() {
    const rungs: RungResult[] = [];
    return { add: (rung) => rungs.push(rung), finish: () => chooseRadius([...rungs].reverse()) ?? FALLBACK_RADIUS };
  },
};

export interface ShapeSearches extends Repeats {
  readonly shape: ShapeHits;
}

const SHORTEST_HALVED = 4;

/** One search: on which mean image, at how many radii, with how many surrogates. */
const SEARCHES = {
  shape: { image: 'mean', scale: 1, surrogates: 3 },
  larger: { image: 'mean', scale: NEIGHBOUR_RADII.larger, surrogates: 0 },
  odd: { image: 'odd', scale: 1, surrogates: 0 },
  even: { image: 'even', scale: 1, surrogates: 0 },
  smaller: { image: 'mean', scale: NEIGHBOUR_RADII.smaller, surrogates: 0 },
} as const;
type SearchName = keyof typeof SEARCHES;
const ALL_SEARCHES = Object.keys(SEARCHES) as SearchName[];

const searchesOf = ({ frames }: ShapeInput): readonly SearchName[] =>
  frames < SHORTEST_HALVED ? ALL_SEARCHES.filter((name) => SEARCHES[name].image === 'mean') : ALL_SEARCHES;

export const shape: Job<ShapeInput, SearchName, ShapeHits, never, ShapeSearches> = {
  split: searchesOf,
  run(input, name, context) {
    const { image, scale, surrogates } = SEARCHES[name];
    const plane: Plane<Float64Array<ArrayBuffer>> = { data: input[image], height: input.height, width: input.width };
    return drive(shapeBranch(plane, scale * input.radius, { surrogates }), stepping(context));
  },
  merger(input) {
    const names = searchesOf(input);
    const found = new Map<SearchName, ShapeHits>();
    return {
      add: (hits, part) => found.set(names[part]!, hits),
      finish: () => ({
        shape: found.get('shape')!,
        odd: found.get('odd') ?? null,
        even: found.get('even') ?? null,
        smaller: found.get('smaller') ?? null,
        larger: found.get('larger') ?? null,
      }),
    };
  },
};

export const activity: Job<ActivityInput, Band, ActivityCandidates, never, ActivityCandidates[]> = {
  split: ({ height, width, bins, radius: px }) => bandsFor(height, width, bins, px),
  run: (input, band, context, payload) =>
    drive(activityBand(payload as BandPayload, band, input, input.radius), stepping(context)),
  merger() {
    const bands: ActivityCandidates[] = [];
    return { add: (candidates) => bands.push(candidates), finish: () => bands };
  },
};

export const unite = singleJob<UniteInput, UniteOutput>(({ shape: searches, activity: bands, ...rest }) => {
  const { detections, defaultCut } = uniteFound({
    ...(searches as ShapeSearches),
    activity: (bands ?? []) as ActivityCandidates[],
    ...rest,
  });
  const overlaps = overlapShares(detections, rest.height, rest.width);
  return { detections: detections.map((one, i) => toDetection(one, overlaps[i]!)), defaultCut };
});

function toDetection({ region, row, col, confidence, kind, evidence }: Found, overlap: number): Detection {
  const { gain, gainOdd, gainEven, fdr, activity: active } = evidence;
  const ring =
    gain > 0
      ? `ring on the mean image: gain ${gain.toFixed(1)}, half movies ${gainOdd.toFixed(1)} and ${gainEven.toFixed(1)}, false-discovery rate ${fdr.toFixed(2)}`
      : '';
  const trace = active ? `activity: peak ${active.peak.toFixed(1)} σ, belief ${active.belief.toFixed(2)}` : '';
  const activity = active ? { peak: active.peak, belief: active.belief } : null;
  const why = { gain, gainOdd, gainEven, falseDiscoveryRate: fdr, activity, overlap };
  return { region, row, col, confidence, kind, evidence: [ring, trace].filter(Boolean).join('; '), why };
}

/** Share of each one's pixels that also lie in others that are chosen. */
function overlapShares(found: readonly Found[], height: number, width: number): number[] {
  const pixels = compileMasks(
    found.map(({ region }) => region),
    height,
    width,
  );
  const covers = new Uint16Array(height * width);
  const each = (i: number) => pixels.pixels.subarray(pixels.starts[i]!, pixels.starts[i + 1]!);
  for (const [i, { chosen }] of found.entries()) if (chosen) for (const pixel of each(i)) covers[pixel]!++;
  return found.map(({ chosen }, i) => {
    const own = each(i);
    const shared = own.reduce((sum, pixel) => sum + (covers[pixel]! > (chosen ? 1 : 0) ? 1 : 0), 0);
    return own.length > 0 ? shared / own.length : 0;
  });
}
