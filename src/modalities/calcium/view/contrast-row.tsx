// The contrast bar of the view on stage.
import type { ReactElement } from 'react';
import type { NumericArray } from '../../../base/ndarray.ts';
import type { ColormapName } from '../../../render/colormap.ts';
import { resources } from '../../../state/resources.ts';
import { COLORMAP_CHOICES } from '../../../ui/colormap-choices.ts';
import { ContrastBar } from '../../../ui/contrast-bar.tsx';
import { autoContrast, contrastKey, histogramOf, setContrast } from './contrast.ts';
import type { CalciumDataset } from './datasets.ts';
import { useCalcium } from './hooks.ts';

/** The data behind the view on stage, for Auto. */
export function stagedData(dataset: CalciumDataset): NumericArray | null {
  const { view } = dataset.store.getState();
  return view === 'movie' ? (dataset.player.shown?.data ?? null) : (resources.get<NumericArray>(`${dataset.id}/${view}`) ?? null);
}

export function autoNow(dataset: CalciumDataset): void {
  const { view, deltaF } = dataset.store.getState();
  const data = stagedData(dataset);
  if (data) void autoContrast(dataset, contrastKey(view, deltaF), data, true);
}

export function ContrastRow({ dataset }: { readonly dataset: CalciumDataset }): ReactElement | null {
  const view = useCalcium(dataset, (state) => state.view);
  const deltaF = useCalcium(dataset, (state) => state.deltaF);
  const key = contrastKey(view, deltaF);
  const contrast = useCalcium(dataset, (state) => state.contrast[key]);
  const histogram = histogramOf(dataset, key);
  if (!contrast || !histogram) return <div className="hist-row" />;
  const data = stagedData(dataset);
  const integer = data !== null && !(data instanceof Float32Array || data instanceof Float64Array);
  return (
    <ContrastBar
      counts={histogram.counts}
      min={histogram.min}
      max={histogram.max}
      low={contrast.low}
      high={contrast.high}
      integer={integer}
      onChange={(low, high) => setContrast(dataset, key, { low, high, locked: true })}
      onAuto={() => autoNow(dataset)}
      locked={contrast.locked}
      onLock={(locked) => setContrast(dataset, key, { locked })}
      gamma={contrast.gamma}
      onGamma={(gamma) => setContrast(dataset, key, { gamma })}
      colormap={contrast.map}
      colormaps={COLORMAP_CHOICES}
      onColormap={(map) => setContrast(dataset, key, { map: map as ColormapName })}
    />
  );
}
