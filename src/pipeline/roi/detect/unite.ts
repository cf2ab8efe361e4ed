// The answer: shape hits ranked by their repeats, joined by active candidates that the shape search did not see.
// Everything is returned, best first, also what lies below the cut, so that a person can move the cut.
import type { Region } from '../../../base/region.ts';
import type { ActivityCandidates } from './activity-band.ts';
import { activitySupport } from './activity-support.ts';
import { type Believed, believe } from './believe.ts';
import { calibrate, type Traits } from './calibrate.ts';
import { discoveries } from './fdr.ts';
import { type RankedHits, type Repeats, rankByRepeats } from './repeats.ts';
import { DIRECTIONS, outlinedRegion } from './ring-outline.ts';
import type { ShapeHits } from './shape-branch.ts';
import {
  activityCut,
  activityStanding,
  DEFAULT_RATE,
  doubted,
  posterior,
  ringBelief,
  shapeCut,
  shapeStanding,
  targetRate,
  unsupportedStanding,
} from './standing.ts';

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
  /** 0…1: how often such detections are right in simulated movies; see calibrate.ts. */
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

/** A detection before its confidence. */
export interface Candidate extends Omit<Detection, 'chosen' | 'confidence'>, Traits {}

export interface Gathered {
  readonly candidates: readonly Candidate[];
  /** Cuts on the standing: the default one, and the one that the sensitivity asks for. */
  readonly middle: number;
  readonly asked: number;
}

export function unite(input: UniteInput): United {
  const { candidates, middle, asked } = gather(input);
  const { confidence, cut } = calibrate(candidates, input.labels === 'active' ? 'active' : 'any', middle, asked);
  const detections = candidates.map(({ region, row, col, kind, evidence }, i) => {
    const own = confidence[i]!;
    return { region, row, col, kind, evidence, confidence: own, chosen: own >= cut };
  });
  detections.sort((a, b) => b.confidence - a.confidence);
  return { detections, defaultCut: cut };
}

export function gather(input: UniteInput): Gathered {
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
  const ring = (standing: number, i: number) => shapeCandidate(i, standing, hits, input);

  if (labels === 'active') {
    const found = Array.from({ length: support ? sure : 0 }, (_, i) => {
      const cell = posterior(tail[i]!, real[i]!, support!.likelihood[i]!);
      return ring(activityStanding(ringBelief(cell * support!.active[i]!)), i);
    });
    const own = ({ belief }: Believed) => activityStanding(belief);
    const middle = activityCut(DEFAULT_RATE);
    return { candidates: join(found, active, own, middle, input), middle, asked: activityCut(rate) };
  }
  const ranked = shapeStanding(tail, real);
  const middle = shapeCut(ranked, tail, DEFAULT_RATE);
  const found = Array.from(ranked, (standing, i) =>
    ring(support ? doubted(standing, posterior(tail[i]!, real[i]!, support.likelihood[i]!)) : standing, i),
  ).filter((_, i) => tail[i]! < 1 || real[i]! > 0);
  const own = ({ unsupported }: Believed) => unsupportedStanding(unsupported, middle);
  return { candidates: join(found, active, own, middle, input), middle, asked: shapeCut(ranked, tail, rate) };
}

/** The rings, and the active candidates that they do not already tell of; `own` is the standing of a candidate by itself. */
function join(
  rings: readonly Candidate[],
  active: readonly Believed[],
  own: (candidate: Believed) => number,
  middle: number,
  { radius, width }: UniteInput,
): Candidate[] {
  const joined: (Candidate | null)[] = [...rings];
  for (const candidate of active) {
    const standing = own(candidate);
    const near = nearShapes(joined.slice(0, rings.length), candidate, ONE_CELL * radius);
    const best = joined[near[0] ?? -1];
    if (best && (best.standing >= standing || best.standing >= middle)) {
      // Where both searches see a cell, the rim is the better outline.
      const evidence = { activity: evidenceOf(candidate), ...best.evidence };
      joined[near[0]!] = { ...best, kind: 'both', standing: Math.max(best.standing, standing), evidence };
      continue;
    }
    for (const i of near) joined[i] = null;
    joined.push(activeCandidate(candidate, standing, best ?? null, width));
  }
  return joined.filter((one) => one !== null);
}

/** Indices of the rings within `limit` px of a candidate, best first. */
function nearShapes(shapes: readonly (Candidate | null)[], { row, col }: Believed, limit: number): number[] {
  return shapes.flatMap((shape, i) => (shape && Math.hypot(shape.row - row, shape.col - col) <= limit ? [i] : []));
}

function shapeCandidate(i: number, standing: number, hits: RankedHits, { height, width, radius }: UniteInput): Candidate {
  const [row, col] = [hits.row[i]!, hits.col[i]!];
  const gains = { gain: hits.gain[i]!, gainOdd: hits.gainOdd[i]!, gainEven: hits.gainEven[i]! };
  const evidence = { ...gains, fdr: hits.tail?.[i] ?? 1, localFdr: 1 - (hits.real?.[i] ?? 0) };
  const outline = hits.outline.subarray(i * DIRECTIONS, (i + 1) * DIRECTIONS);
  const region = outlinedRegion(row, col, outline, height, width);
  const clearness = hits.meanGain[i]! / radius ** 2;
  return { region, row, col, kind: 'shape', evidence, carrier: 'ring', standing, clearness };
}

const NO_SHAPE: Evidence = { gain: 0, gainOdd: 0, gainEven: 0, fdr: 1, localFdr: 1 };

/** `shape`: what the shape search saw at the same place, too weak to count. */
function activeCandidate(candidate: Believed, standing: number, shape: Candidate | null, width: number): Candidate {
  const { row, col, pixels } = candidate;
  const points = new Float64Array(2 * pixels.length);
  for (const [i, pixel] of pixels.entries()) {
    points[2 * i] = Math.floor(pixel / width);
    points[2 * i + 1] = pixel % width;
  }
  const evidence = { ...(shape?.evidence ?? NO_SHAPE), activity: evidenceOf(candidate) };
  const kind = shape ? 'both' : 'activity';
  return {
    region: { points, dims: 2 },
    row,
    col,
    kind,
    evidence,
    carrier: 'activity',
    standing,
    clearness: shape?.clearness ?? 0,
  };
}

function evidenceOf({ peak, energy, belief }: Believed): ActivityEvidence {
  return { peak, energy, belief };
}
