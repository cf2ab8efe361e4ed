// Task 2 of MTNeuro as its script computes it (scripts/task2_main.py, smp.metrics.get_stats): two sets of numbers from the counts
// of each image, which is a slice or a block of 8. In the old one a class that is absent from truth and prediction of an image
// scores 1 there; in the new one counts are averaged before dividing, and an absent class is NaN, as is every mean over it.
// The published tables mix the two. The script prints the old IoU under "new IoU"; here each stands under its own name.
import { groupTable, type JointCounts } from './joint-counts.ts';

/** [image][class] */
export interface ImageStats {
  readonly tp: readonly Float64Array<ArrayBuffer>[];
  readonly fp: readonly Float64Array<ArrayBuffer>[];
  readonly fn: readonly Float64Array<ArrayBuffer>[];
  readonly tn: readonly Float64Array<ArrayBuffer>[];
}

/** What `get_stats` counts. A voxel whose truth (or prediction) is outside the classes still is a false positive (or negative). */
export function imageStats(counts: JointCounts): ImageStats {
  const { classes, groups } = counts;
  const side = classes + 1;
  const make = () => Array.from({ length: groups }, () => new Float64Array(classes));
  const [tp, fp, fn, tn] = [make(), make(), make(), make()];
  for (let g = 0; g < groups; g++) {
    const table = groupTable(counts, g);
    const voxels = table.reduce((sum, value) => sum + value, 0);
    for (let c = 0; c < classes; c++) {
      let [inTruth, inPrediction] = [0, 0];
      for (let k = 0; k < side; k++) {
        inTruth += table[c * side + k]!;
        inPrediction += table[k * side + c]!;
      }
      const both = table[c * side + c]!;
      tp[g]![c] = both;
      fp[g]![c] = inPrediction - both;
      fn[g]![c] = inTruth - both;
      tn[g]![c] = voxels - inPrediction - inTruth + both;
    }
  }
  return { tp, fp, fn, tn };
}

export interface OldMetrics {
  readonly accuracy: readonly number[];
  readonly balancedAccuracy: number;
  readonly f1: readonly number[];
  readonly meanF1: number;
  readonly iou: readonly number[];
  readonly meanIou: number;
}

export interface NewMetrics extends OldMetrics {
  readonly precision: readonly number[];
  readonly recall: readonly number[];
}

const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Per image first, then the mean over images; 0/0 is 1. */
export function oldMetrics({ tp, fp, fn, tn }: ImageStats): OldMetrics {
  const classes = tp[0]?.length ?? 0;
  const over = (top: number, bottom: number) => (bottom === 0 ? 1 : top / bottom);
  const each = (score: (tp: number, fp: number, fn: number, tn: number) => number) =>
    Array.from({ length: classes }, (_, c) => average(tp.map((row, i) => score(row[c]!, fp[i]![c]!, fn[i]![c]!, tn[i]![c]!))));
  const accuracy = each((p, a, b, n) => over(p + n, p + a + b + n));
  const f1 = each((p, a, b) => over(2 * p, 2 * p + a + b));
  const iou = each((p, a, b) => over(p, p + a + b));
  return { accuracy, balancedAccuracy: average(accuracy.slice(1)), f1, meanF1: average(f1), iou, meanIou: average(iou) };
}

/** Counts averaged over images first; NaN for a class that does not occur. */
export function newMetrics({ tp, fp, fn, tn }: ImageStats): NewMetrics {
  const classes = tp[0]?.length ?? 0;
  const mean = (rows: ImageStats['tp']) => Array.from({ length: classes }, (_, c) => average(rows.map((row) => row[c]!)));
  const [p, a, b, n] = [mean(tp), mean(fp), mean(fn), mean(tn)];
  const accuracy = p.map((_, c) => (p[c]! + n[c]!) / (p[c]! + n[c]! + a[c]! + b[c]!));
  const precision = p.map((value, c) => value / (value + a[c]!));
  const recall = p.map((value, c) => value / (value + b[c]!));
  const f1 = precision.map((value, c) => (2 * value * recall[c]!) / (value + recall[c]!));
  const iou = p.map((value, c) => value / (value + a[c]! + b[c]!));
  const [ps, as, bs, ns] = [p, a, b, n].map((values) => average(values.slice(1))) as [number, number, number, number];
  const balancedAccuracy = (ns / (as + ns) + ps / (bs + ps)) / 2;
  return { accuracy, balancedAccuracy, precision, recall, f1, meanF1: average(f1), iou, meanIou: average(iou) };
}
