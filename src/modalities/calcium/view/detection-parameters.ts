// With which parameters regions were detected, kept beside them: the sliders may have moved since.
import type { Detection, Labels } from '../shared/detection.ts';

export interface DetectionParameters {
  readonly labels: Labels;
  readonly sensitivity: number;
  /** Pixels; null: found from the movie. */
  readonly diameter: number | null;
  /** Whether motion was corrected then. */
  readonly corrected: boolean;
  /** The confidence cut that the sensitivity asked for. */
  readonly cut: number;
}

const LABELS: readonly Labels[] = ['both', 'active', 'visible'];

const known = new WeakMap<Detection, DetectionParameters>();

export function rememberParameters(detections: readonly Detection[], parameters: DetectionParameters): void {
  for (const one of detections) known.set(one, parameters);
}

/** As they were written; null for anything else. */
export function readParameters(value: unknown): DetectionParameters | null {
  if (typeof value !== 'object' || value === null) return null;
  const { labels, sensitivity, diameter, corrected, cut } = value as Record<string, unknown>;
  const known = LABELS.find((one) => one === labels);
  const isNumber = (one: unknown): one is number => typeof one === 'number';
  if (!known || !isNumber(sensitivity) || !isNumber(cut) || typeof corrected !== 'boolean') return null;
  if (diameter !== null && !isNumber(diameter)) return null;
  return { labels: known, sensitivity, diameter, corrected, cut };
}

/** Of the first of `detections` that a detection made and no edit has changed. */
export function parametersOf(detections: readonly Detection[]): DetectionParameters | undefined {
  for (const one of detections) {
    const found = known.get(one);
    if (found) return found;
  }
  return undefined;
}
