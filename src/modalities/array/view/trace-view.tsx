// One trace as a curve: the smallest and the largest sample of each pixel column, axes in samples and the array's own units.
import { type PointerEvent, type ReactElement, useMemo, useState } from 'react';
import { grouped, MISSING } from '../../../base/number-format.ts';
import { decimate } from '../../../render/decimate.ts';

const COLUMNS = 1000;
const HEIGHT = 400;
/** Room above and below the curve, of HEIGHT. */
const MARGIN = 12;

export function TraceView({ values }: { readonly values: Float64Array<ArrayBuffer> | undefined }): ReactElement {
  const [sample, setSample] = useState<number | null>(null);
  const curve = useMemo(() => values && makeCurve(values), [values]);
  const move = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    const count = values?.length ?? 0;
    setSample(Math.min(count - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * count))));
  };
  const under = sample === null ? undefined : values?.[sample];
  return (
    <div className="plot array-trace">
      <span className="axis high">{curve && show(curve.high)}</span>
      <span className="axis low">{curve && show(curve.low)}</span>
      <svg
        role="img"
        aria-label="Trace"
        viewBox={`0 0 ${COLUMNS} ${HEIGHT}`}
        preserveAspectRatio="none"
        onPointerMove={move}
        onPointerLeave={() => setSample(null)}
      >
        {curve && <path d={curve.path} />}
        {sample !== null && values && <line x1={xOf(sample, values)} x2={xOf(sample, values)} y1={0} y2={HEIGHT} />}
      </svg>
      <span className="axis from">sample 0</span>
      <span className="axis to">{values && grouped(values.length - 1)}</span>
      <output className="on tl" aria-label="Cursor" aria-live="off">
        {under === undefined ? MISSING : `sample ${sample}  value ${under}`}
      </output>
    </div>
  );
}

const xOf = (sample: number, { length }: Float64Array) => ((sample + 0.5) / length) * COLUMNS;
const show = (value: number) => String(Number(value.toPrecision(6)));

interface TraceCurve {
  readonly path: string;
  readonly low: number;
  readonly high: number;
}

/** Missing samples break the line; a flat trace lies in the middle. */
export function makeCurve(values: Float64Array<ArrayBuffer>): TraceCurve {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return { path: '', low: Number.NaN, high: Number.NaN };
  const points = decimate(Float32Array.from(values), 0, values.length, COLUMNS);
  const scale = high > low ? (HEIGHT - 2 * MARGIN) / (high - low) : 0;
  const y = (value: number) => (scale === 0 ? HEIGHT / 2 : HEIGHT - MARGIN - (value - low) * scale);
  let path = '';
  let pen = 'M';
  for (let i = 0; i < points.length; i += 2) {
    const value = points[i + 1]!;
    if (!Number.isFinite(value)) {
      pen = 'M';
      continue;
    }
    path += `${pen}${points[i]!.toFixed(1)} ${y(value).toFixed(1)}`;
    pen = 'L';
  }
  return { path, low, high };
}
