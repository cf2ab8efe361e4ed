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

const known = new WeakMap<Detection, DetectionParameters>();

export function rememberParameters(detections: readonly Detection[], parameters: DetectionParameters): void {
  for (const one of detections) known.set(one, parameters);
}

/** Of the first of `detections` that a detection made and no edit has changed. */
export function parametersOf(detections: readonly Detection[]): DetectionParameters | undefined {
  for (const one of detections) {
    const found = known.get(one);
    if (found) return found;
  }
  return undefined;
}
