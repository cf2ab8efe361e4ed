// A histogram of values with two handles on it: native range inputs named "Contrast low" and "Contrast high".
import { memo, type ReactElement } from 'react';
import { showNumber } from './number-field.tsx';

interface HistogramProps {
  /** Pixels per bin; equal bins from `min` to `max`. */
  readonly counts: ArrayLike<number>;
  readonly min: number;
  readonly max: number;
  readonly low: number;
  readonly high: number;
  readonly step: number;
  readonly decimals: number;
  readonly onChange: (low: number, high: number) => void;
}

const HEIGHT = 34;

/** Bars as one path, heights logarithmic, because the few bright pixels are what matters. Bins [from, to) only. */
export function barPath(counts: ArrayLike<number>, from: number, to: number): string {
  let top = 1;
  for (let i = 0; i < counts.length; i++) top = Math.max(top, counts[i]!);
  const scale = (HEIGHT - 2) / Math.log1p(top);
  let path = '';
  for (let i = Math.max(0, from); i < Math.min(counts.length, to); i++) {
    const height = Math.log1p(counts[i]!) * scale;
    if (height > 0) path += `M${i} ${HEIGHT}v${(-height).toFixed(1)}h.8V${HEIGHT}`;
  }
  return path;
}

const Bars = memo(function Bars({
  counts,
  from,
  to,
}: {
  readonly counts: ArrayLike<number>;
  readonly from: number;
  readonly to: number;
}) {
  const bins = Math.max(1, counts.length);
  return (
    <svg viewBox={`0 0 ${bins} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label="Contrast histogram">
      <path className="out" d={barPath(counts, 0, from) + barPath(counts, to, bins)} />
      <path className="in" d={barPath(counts, from, to)} />
      <line className="floor" x1="0" x2={bins} y1={HEIGHT} y2={HEIGHT} vectorEffect="non-scaling-stroke" />
    </svg>
  );
});

export function Histogram({ counts, min, max, low, high, step, decimals, onChange }: HistogramProps): ReactElement {
  const bin = (value: number) => Math.round(((value - min) / (max - min || 1)) * counts.length);
  const range = { min, max, step };
  return (
    <div className="hist">
      <Bars counts={counts} from={bin(low)} to={bin(high)} />
      <input
        type="range"
        {...range}
        // Where both handles meet at the upper end, the lower one must be the one that can be taken.
        className={low > (min + max) / 2 ? 'front' : undefined}
        aria-label="Contrast low"
        aria-valuetext={showNumber(low, decimals)}
        value={low}
        onChange={(event) => onChange(Math.min(event.target.valueAsNumber, high - step), high)}
      />
      <input
        type="range"
        {...range}
        aria-label="Contrast high"
        aria-valuetext={showNumber(high, decimals)}
        value={high}
        onChange={(event) => onChange(low, Math.max(event.target.valueAsNumber, low + step))}
      />
    </div>
  );
}
