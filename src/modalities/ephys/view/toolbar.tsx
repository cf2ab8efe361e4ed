// The row above the traces: what is drawn, which channels, how much time and how high.
import type { ReactElement } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Check } from '../../../ui/check.tsx';
import { NumberField } from '../../../ui/number-field.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import type { EphysDataset } from './datasets.ts';
import { rowsOf } from './electrodes.ts';
import { useEphys } from './hooks.ts';
import type { EphysState } from './store.ts';
import { setWindow } from './window.ts';

export function Toolbar({ dataset }: { readonly dataset: EphysDataset }): ReactElement {
  const { store, electrodes, rate, frames } = dataset;
  const { mode, span, firstRow, rows, picked, order, spikesShown, detectedShown } = useEphys(dataset, (state) => state);
  const set = (next: Partial<EphysState>) => store.setState(next);
  const most = Math.min(128, electrodes.count);
  const shown = rowsOf(electrodes, order).slice(firstRow, firstRow + rows);
  return (
    <div className="tools ephys-tools">
      <Segmented
        label="Traces are"
        value={mode}
        onChange={(value) => set({ mode: value })}
        choices={[
          { value: 'lines', label: 'Lines' },
          { value: 'heat', label: 'Heat map' },
          { value: 'both', label: 'Both' },
        ]}
      />
      <span className="vr" />
      <Check label="Spikes of units" checked={spikesShown} onChange={(on) => set({ spikesShown: on })} />
      <Check label="Detected" checked={detectedShown} onChange={(on) => set({ detectedShown: on })} />
      <span className="push" />
      {picked ? (
        <Button small onClick={() => set({ picked: null })}>{`${picked.length} chosen, show all`}</Button>
      ) : (
        <span className="ephys-field hide-narrow">
          <span className="s t2">{`${electrodes.ids[shown[shown.length - 1] ?? 0] ?? ''} – ${electrodes.ids[shown[0] ?? 0] ?? ''}`}</span>
        </span>
      )}
      <span className="ephys-field hide-narrow">
        <span className="s t2">Rows</span>
        <NumberField
          label="Rows"
          value={rows}
          min={1}
          max={most}
          width={46}
          onCommit={(value) => set({ rows: value, firstRow: Math.max(0, Math.min(firstRow, electrodes.count - value)) })}
        />
      </span>
      <span className="ephys-field">
        <span className="s t2">Window</span>
        <NumberField
          label="Window"
          value={Number(((span / rate) * 1000).toPrecision(6))}
          min={Number((2000 / rate).toPrecision(3))}
          max={(frames / rate) * 1000 || 1}
          step={0.1}
          decimals={1}
          unit="ms"
          width={92}
          onCommit={(value) => {
            const { from, span: before } = store.getState();
            const next = (value / 1000) * rate;
            setWindow(dataset, { span: next, from: from + before / 2 - next / 2 });
          }}
        />
      </span>
    </div>
  );
}
