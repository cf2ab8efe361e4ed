// A small picture of up to three curves over a slider: combined score against confidence. The drawing library is loaded when
// the first one is shown.
import { lazy, type ReactElement, Suspense } from 'react';

export interface CurveSeries {
  readonly label: string;
  /** One value per x; null draws a gap. */
  readonly values: readonly (number | null)[];
  readonly style: 'strong' | 'thin' | 'dashed';
}

export interface CurveProps {
  /** The accessible name. */
  readonly label: string;
  /** What the curve says in words: "Highest at 0.42, 0.840". */
  readonly description: string;
  readonly x: readonly number[];
  readonly series: readonly CurveSeries[];
  readonly yRange: readonly [number, number];
  /** Where the vertical line stands. */
  readonly marker: number | null;
  /** A press or drag on the curve; the slider below is the same by keyboard. */
  readonly onPick?: (x: number) => void;
  readonly height?: number;
  /** CSS pixels left and right of the plot: those of the slider's label and field. */
  readonly inset?: readonly [number, number];
}

const CurvePlot = lazy(async () => ({ default: (await import('./curve-plot.tsx')).CurvePlot }));

export function Curve(props: CurveProps): ReactElement {
  const { height = 72 } = props;
  return (
    <Suspense fallback={<div className="curve" style={{ height }} />}>
      <CurvePlot {...props} />
    </Suspense>
  );
}
