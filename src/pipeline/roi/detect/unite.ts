// The answer: shape hits ranked by their repeats, joined by active candidates that the shape search did not see.
// Everything is returned, best first, also what lies below the cut, so that a person can move the cut.
import type { Region } from '../../../base/region.ts';
import type { ActivityCandidates } from './activity-band.ts';
import { activitySupport } from './activity-support.ts';
import { type Believed, believe } from './believe.ts';
import {
  activityConfidence,
  activityCut,
  DEFAULT_RATE,
  doubted,
  posterior,
  ringBelief,
  shapeConfidence,
  shapeCut,
  targetRate,
  unsupportedConfidence,
} from './confidence.ts';
import { discoveries } from './fdr.ts';
import { type RankedHits, type Repeats, rankByRepeats } from './repeats.ts';
import { DIRECTIONS, outlinedRegion } from './ring-outline.ts';
import type { ShapeHits } from './shape-branch.ts';

/** What counts as a neuron: visible or active ones, only active ones, or only visible ones. */
export type Labels = 'both' | 'active' | 'visible';

export interface ActivityEvidence {
  /** Largest value of the trace, noise units; energy of the seed, noise units squared; belief 0…1. */
  readonly peak: number;
  readonly energy: number;
  readonly belief: number;
}

export interface Evidence {
  /** Gains on the full mean and on the half-movie means; 0 where the shape search saw nothing. */
  readonly gain: number;
  readonly gainOdd: number;
  readonly gainEven: number;
  /** Tail and local false-discovery rate of the shape hit's rank; 1 without one. */
  readonly fdr: number;
  readonly localFdr: number;
  readonly activity?: ActivityEvidence;
}

export interface Detection {
  /** Inside the outline of the ring for shapes, the grown pixels for activity. */
  readonly region: Region;
  readonly row: number;
  readonly col: number;
  /** 0…1, an order with a scale, not a probability. */
  readonly confidence: number;
  readonly kind: 'shape' | 'activity' | 'both';
  readonly evidence: Evidence;
  /** confidence ≥ defaultCut. */
  readonly chosen: boolean;
}

export interface United {
  /** Best first. */
  readonly detections: readonly Detection[];
  /** The cut on `confidence` that the sensitivity asks for. */
  readonly defaultCut: number;
}

export interface UniteInput extends Repeats {
  readonly shape: ShapeHits;
  /** Candidates of all bands in band order; empty where activity was not searched. */
  readonly activity: readonly ActivityCandidates[];
  readonly labels: Labels;
  /** 0…1; 0.5 is the default answer, more keeps more. */
  readonly sensitivity: number;
  /** Soma radius, px. */
  readonly radius: number;
  readonly height: number;
  readonly width: number;
}

/** Tail rate of the shape hits that activity is measured by, and that may count as active cells. */
const SUPPORT_RATE = 0.3;
/** Shape hits and active candidates nearer than this, in radii, are one cell. */
const ONE_CELL = 0.9;

type Unchosen = Omit<Detection, 'chosen'>;

export function unite(input: UniteInput): United {
  const { radius, height, width, labels } = input;
  const field = { height, width, radius };
  const hits = rankByRepeats(input.shape, input, radius);
  const tail = hits.tail ?? new Float64Array(hits.row.length).fill(1);
  const real = hits.real ?? new Float64Array(hits.row.length);
  const rate = targetRate(input.sensitivity);
  const sure = discoveries(tail, SUPPORT_RATE);
  const proven = { row: hits.row.subarray(0, sure), col: hits.col.subarray(0, sure) };
  const bands = labels === 'visible' ? [] : input.activity;
  const active = believe(bands, proven, field);
  const support = activitySupport(bands, { ...hits, tail }, field);
  const ring = (confidence: number, i: number) => shapeDetection(i, confidence, hits, input);

  if (labels === 'active') {
    const found = Array.from({ length: support ? sure : 0 }, (_, i) => {
      const cell = posterior(tail[i]!, real[i]!, support!.likelihood[i]!);
      return ring(activityConfidence(ringBelief(cell * support!.active[i]!)), i);
    });
    const own = ({ belief }: Believed) => activityConfidence(belief);
    return finish(join(found, active, own, activityCut(DEFAULT_RATE), input), activityCut(rate));
  }
  const ranked = shapeConfidence(tail, real);
  const middle = shapeCut(ranked, tail, DEFAULT_RATE);
  const found = Array.from(ranked, (confidence, i) =>
    ring(support ? doubted(confidence, posterior(tail[i]!, real[i]!, support.likelihood[i]!)) : confidence, i),
  ).filter((_, i) => tail[i]! < 1 || real[i]! > 0);
  const own = ({ unsupported }: Believed) => unsupportedConfidence(unsupported, middle);
  return finish(join(found, active, own, middle, input), shapeCut(ranked, tail, rate));
}

/** The rings, and the active candidates that they do not already tell of; `own` is the confidence of a candidate by itself. */
function join(
  rings: readonly Unchosen[],
  active: readonly Believed[],
  own: (candidate: Believed) => number,
  middle: number,
  { radius, width }: UniteInput,
): Unchosen[] {
  const detections: (Unchosen | null)[] = [...rings];
  for (const candidate of active) {
    const confidence = own(candidate);
    const near = nearShapes(detections.slice(0, rings.length), candidate, ONE_CELL * radius);
    const best = detections[near[0] ?? -1];
    if (best && (best.confidence >= confidence || best.confidence >= middle)) {
      // Where both searches see a cell, the rim is the better outline.
      const evidence = { activity: evidenceOf(candidate), ...best.evidence };
      detections[near[0]!] = { ...best, kind: 'both', confidence: Math.max(best.confidence, confidence), evidence };
      continue;
    }
    for (const i of near) detections[i] = null;
    detections.push(activeDetection(candidate, confidence, best ?? null, width));
  }
  return detections.filter((detection) => detection !== null);
}

/** Indices of the shape detections within `limit` px of a candidate, best first. */
function nearShapes(shapes: readonly (Unchosen | null)[], { row, col }: Believed, limit: number): number[] {
  return shapes.flatMap((shape, i) => (shape && Math.hypot(shape.row - row, shape.col - col) <= limit ? [i] : []));
}

function shapeDetection(i: number, confidence: number, hits: RankedHits, { height, width }: UniteInput): Unchosen {
  const [row, col] = [hits.row[i]!, hits.col[i]!];
  const gains = { gain: hits.gain[i]!, gainOdd: hits.gainOdd[i]!, gainEven: hits.gainEven[i]! };
  const evidence = { ...gains, fdr: hits.tail?.[i] ?? 1, localFdr: 1 - (hits.real?.[i] ?? 0) };
  const outline = hits.outline.subarray(i * DIRECTIONS, (i + 1) * DIRECTIONS);
  return { region: outlinedRegion(row, col, outline, height, width), row, col, confidence, kind: 'shape', evidence };
}

const NO_SHAPE: Evidence = { gain: 0, gainOdd: 0, gainEven: 0, fdr: 1, localFdr: 1 };

/** `shape`: what the shape search saw at the same place, too weak to count. */
function activeDetection(candidate: Believed, confidence: number, shape: Unchosen | null, width: number): Unchosen {
  const { row, col, pixels } = candidate;
  const points = new Float64Array(2 * pixels.length);
  for (const [i, pixel] of pixels.entries()) {
    points[2 * i] = Math.floor(pixel / width);
    points[2 * i + 1] = pixel % width;
  }
  const evidence = { ...(shape?.evidence ?? NO_SHAPE), activity: evidenceOf(candidate) };
  return { region: { points, dims: 2 }, row, col, confidence, kind: shape ? 'both' : 'activity', evidence };
}

function evidenceOf({ peak, energy, belief }: Believed): ActivityEvidence {
  return { peak, energy, belief };
}

function finish(detections: readonly Unchosen[], defaultCut: number): United {
  const ordered = detections.map((detection) => ({ ...detection, chosen: detection.confidence >= defaultCut }));
  ordered.sort((a, b) => b.confidence - a.confidence);
  return { detections: ordered, defaultCut };
}
