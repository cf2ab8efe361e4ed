// Contrast of the image on stage: histogram with handles, both limits as numbers, Auto, lock, gamma, colour map.
import type { ReactElement } from 'react';
import { useActions } from './actions.ts';
import { Button, IconButton } from './button.tsx';
import { Histogram } from './histogram.tsx';
import { LockIcon, UnlockedIcon } from './icons.tsx';
import { ariaKeys } from './keys.ts';
import { NumberField } from './number-field.tsx';
import { Select } from './select.tsx';
import { useKeysNow } from './shortcuts.ts';
import { tip } from './tooltip.tsx';

export interface ColormapChoice {
  readonly id: string;
  readonly label: string;
  /** CSS colours from dark to bright, for the swatch. */
  readonly stops: readonly string[];
}

interface ContrastBarProps {
  readonly counts: ArrayLike<number>;
  /** The values of the first and the last bin's outer edges, in the data's unit. */
  readonly min: number;
  readonly max: number;
  readonly low: number;
  readonly high: number;
  /** Whole counts of a camera, or fractions. */
  readonly integer: boolean;
  readonly onChange: (low: number, high: number) => void;
  readonly onAuto: () => void;
  readonly locked: boolean;
  readonly onLock: (locked: boolean) => void;
  readonly gamma: number;
  readonly onGamma: (gamma: number) => void;
  readonly colormap: string;
  readonly colormaps: readonly ColormapChoice[];
  readonly onColormap: (id: string) => void;
}

/** Three significant digits of the range; 1 for counts. */
function stepOf(min: number, max: number, integer: boolean): number {
  if (integer && max - min >= 2) return 1;
  const span = max - min || 1;
  return 10 ** (Math.floor(Math.log10(span)) - 3);
}

export function ContrastBar(props: ContrastBarProps): ReactElement {
  const {
    counts,
    min,
    max,
    low,
    high,
    integer,
    onChange,
    onAuto,
    locked,
    onLock,
    gamma,
    onGamma,
    colormap,
    colormaps,
    onColormap,
  } = props;
  const autoKeys = useKeysNow('c');
  const step = stepOf(min, max, integer);
  const decimals = step >= 1 ? 0 : Math.min(6, Math.round(-Math.log10(step)));
  useActions([
    { label: 'Low', group: 'Contrast', number: { min, max, step }, run: (value) => onChange(Math.min(value, high - step), high) },
    { label: 'High', group: 'Contrast', number: { min, max, step }, run: (value) => onChange(low, Math.max(value, low + step)) },
    { label: 'Gamma', group: 'Contrast', number: { min: 0.1, max: 5, step: 0.05 }, run: onGamma },
  ]);
  const shown = colormaps.find(({ id }) => id === colormap);
  return (
    <div className="hist-row">
      <span className="s t2 name">Contrast</span>
      <Histogram counts={counts} min={min} max={max} low={low} high={high} step={step} decimals={decimals} onChange={onChange} />
      <NumberField
        label="Contrast low value"
        value={low}
        max={high - step}
        step={step}
        decimals={decimals}
        onCommit={(value) => onChange(value, high)}
      />
      <span className="t3 s">to</span>
      <NumberField
        label="Contrast high value"
        value={high}
        min={low + step}
        step={step}
        decimals={decimals}
        onCommit={(value) => onChange(low, value)}
      />
      <Button
        small
        {...tip('Auto contrast', autoKeys)}
        aria-keyshortcuts={autoKeys ? ariaKeys(autoKeys) : undefined}
        onClick={onAuto}
      >
        Auto
      </Button>
      <IconButton
        small
        label="Lock contrast"
        hint={locked ? 'Contrast stays as it is' : 'Lock contrast'}
        keys="Shift+c"
        icon={locked ? LockIcon : UnlockedIcon}
        pressed={locked}
        onClick={() => onLock(!locked)}
      />
      <span className="vr t-opt" />
      <span className="s t2 t-opt" aria-hidden="true">
        γ
      </span>
      <span className="t-opt">
        <NumberField label="Gamma" width={44} value={gamma} min={0.1} max={5} step={0.05} onCommit={onGamma} />
      </span>
      <Select
        label="Colour map"
        value={colormap}
        choices={colormaps.map(({ id, label }) => ({ value: id, label }))}
        onChange={onColormap}
        swatch={`linear-gradient(90deg, ${shown && shown.stops.length > 1 ? shown.stops.join(', ') : '#000, #fff'})`}
      />
    </div>
  );
}
