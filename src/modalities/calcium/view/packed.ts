// Detections as they are remembered: all points in one array, so that thousands of regions are written in one piece.
import { SomascopeError } from '../../../base/errors.ts';
import { centre } from '../../../base/region.ts';
import { DETECTION_KINDS, type Detection, type Why } from '../shared/detection.ts';

export interface PackedDetections {
  /** Row, column, row, column … of all regions; 16 bits where they are whole numbers that fit. */
  readonly points: Uint16Array | Float64Array;
  /** First number of each region in `points`, and the end of the last. */
  readonly starts: Uint32Array;
  /** All else that is known of each. */
  readonly facts: readonly Omit<Detection, 'region'>[];
}

interface Extent {
  readonly height: number;
  readonly width: number;
}

export function packDetections(detections: readonly Detection[]): PackedDetections {
  const starts = new Uint32Array(detections.length + 1);
  detections.forEach(({ region }, i) => {
    starts[i + 1] = starts[i]! + region.points.length;
  });
  const points = new Float64Array(starts.at(-1)!);
  detections.forEach(({ region }, i) => {
    points.set(region.points, starts[i]!);
  });
  const small = Uint16Array.from(points);
  const facts = detections.map(({ region: _, ...rest }) => rest);
  return { points: small.every((value, i) => value === points[i]) ? small : points, starts, facts };
}

function invalid(why: string): SomascopeError {
  return new SomascopeError('Invalid', `The regions that were saved cannot be used: ${why}.`, {}, 'What is open stays as it is.');
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const isNumber = (value: unknown): value is number => typeof value === 'number';

function isWhy(value: unknown): value is Why {
  if (!isRecord(value)) return false;
  const { gain, gainOdd, gainEven, falseDiscoveryRate, overlap, activity } = value;
  if (![gain, gainOdd, gainEven, falseDiscoveryRate, overlap].every(isNumber)) return false;
  return activity === null || (isRecord(activity) && isNumber(activity['peak']) && isNumber(activity['belief']));
}

/** Throws `Invalid` for anything that `packDetections` would not write of a movie of this size. */
export function unpackDetections(packed: unknown, { height, width }: Extent): Detection[] {
  const { points, starts, facts } = isRecord(packed) ? packed : {};
  const known = points instanceof Uint16Array || points instanceof Float64Array;
  if (!known || !(starts instanceof Uint32Array) || !Array.isArray(facts) || starts.length !== facts.length + 1) {
    throw invalid('their lists do not fit together');
  }
  for (let i = 0; i < points.length; i += 2) {
    const [row, col] = [points[i]!, points[i + 1]!];
    if (!(row >= 0 && row < height && col >= 0 && col < width)) {
      throw invalid(`pixel [${row}, ${col}] lies outside the movie of ${height} × ${width}`);
    }
  }
  return facts.map((one: unknown, i): Detection => {
    const [from, to] = [starts[i]!, starts[i + 1]!];
    if (from % 2 !== 0 || to <= from || to > points.length) throw invalid(`region ${i + 1} has no pixels`);
    const region = { points: Float64Array.from(points.subarray(from, to)), dims: 2 };
    const { kind, confidence, evidence, status, why, ...rest }: Record<string, unknown> = isRecord(one) ? one : {};
    const known = DETECTION_KINDS.find((word) => word === kind);
    if (!known || typeof confidence !== 'number' || typeof evidence !== 'string') {
      throw invalid(`region ${i + 1} lacks its kind, confidence or evidence`);
    }
    if (status !== undefined && status !== 'accepted' && status !== 'rejected')
      throw invalid(`region ${i + 1} has an unknown status`);
    const [row, col] = [rest['row'], rest['col']].every((value) => typeof value === 'number')
      ? [Number(rest['row']), Number(rest['col'])]
      : centre(region);
    if (why !== undefined && !isWhy(why)) throw invalid(`region ${i + 1} has figures that cannot be`);
    return {
      ...rest,
      region,
      row,
      col,
      kind: known,
      confidence,
      evidence,
      ...(why ? { why } : {}),
      ...(status ? { status } : {}),
    };
  });
}
