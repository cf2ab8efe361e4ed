// A range of values: two native range inputs on one track, named "<label> from" and "<label> to", with their values at the ends.
import type { ReactElement } from 'react';
import { classNames } from './class-names.ts';
import { cssVars } from './css-vars.ts';
import { showNumber } from './number-field.tsx';

interface RangePairProps {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly decimals: number;
  readonly low: number;
  readonly high: number;
  /** CSS background of the track, low at the left, where the values have colours. */
  readonly track?: string;
  /** Live, while dragging. */
  readonly onChange: (low: number, high: number) => void;
}

export function RangePair({ label, min, max, step, decimals, low, high, track, onChange }: RangePairProps): ReactElement {
  const share = (value: number) => (max > min ? Math.min(1, Math.max(0, (value - min) / (max - min))) : 0);
  const range = { min, max, step };
  return (
    <div className="range-pair">
      <span className="n">{showNumber(low, decimals)}</span>
      <span
        className={classNames('slider pair', track && 'has-track')}
        style={cssVars({ '--from': share(low), '--to': share(high) })}
      >
        {track && <span className="track" style={{ background: track }} />}
        <span className="run" />
        <input
          type="range"
          {...range}
          // Where both handles meet at the upper end, the lower one must be the one that can be taken.
          className={share(low) > 0.5 ? 'front' : undefined}
          aria-label={`${label} from`}
          aria-valuetext={showNumber(low, decimals)}
          value={low}
          onChange={(event) => onChange(Math.min(event.target.valueAsNumber, high), high)}
        />
        <input
          type="range"
          {...range}
          aria-label={`${label} to`}
          aria-valuetext={showNumber(high, decimals)}
          value={high}
          onChange={(event) => onChange(low, Math.max(event.target.valueAsNumber, low))}
        />
      </span>
      <span className="n">{showNumber(high, decimals)}</span>
    </div>
  );
}
