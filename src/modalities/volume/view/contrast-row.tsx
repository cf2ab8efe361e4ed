// The contrast bar of the slices.
import type { ReactElement } from 'react';
import type { ColormapName } from '../../../render/colormap.ts';
import { COLORMAP_CHOICES } from '../../../ui/colormap-choices.ts';
import { ContrastBar } from '../../../ui/contrast-bar.tsx';
import { autoContrast, histogramOf, setContrast } from './contrast.ts';
import { imageOf, type VolumeDataset } from './datasets.ts';
import { useVolume } from './hooks.ts';

export function ContrastRow({ dataset }: { readonly dataset: VolumeDataset }): ReactElement {
  const contrast = useVolume(dataset, (state) => state.contrast);
  const histogram = histogramOf(dataset);
  if (!contrast || !histogram) return <div className="hist-row" />;
  const data = imageOf(dataset)?.data;
  const isFloat = data instanceof Float32Array || data instanceof Float64Array;
  return (
    <ContrastBar
      counts={histogram.counts}
      min={histogram.min}
      max={histogram.max}
      low={contrast.low}
      high={contrast.high}
      integer={data !== undefined && !isFloat}
      onChange={(low, high) => setContrast(dataset, { low, high, locked: true })}
      onAuto={() => void autoContrast(dataset, true)}
      locked={contrast.locked}
      onLock={(locked) => setContrast(dataset, { locked })}
      gamma={contrast.gamma}
      onGamma={(gamma) => setContrast(dataset, { gamma })}
      colormap={contrast.map}
      colormaps={COLORMAP_CHOICES}
      onColormap={(map) => setContrast(dataset, { map: map as ColormapName })}
    />
  );
}
