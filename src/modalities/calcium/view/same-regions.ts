// Whether two lists of detections hold the same regions in the same order: then their outlines and traces still hold.
import type { Detection } from '../shared/detection.ts';

export function sameRegions(a: readonly Detection[], b: readonly Detection[]): boolean {
  return a.length === b.length && a.every(({ region }, i) => region === b[i]!.region);
}
