// The first two principal components of the selected units' spikes. A lasso around spikes of the first unit offers to split them off.
import type { ReactElement } from 'react';
import { Button } from '../../../ui/button.tsx';
import type { UnitWaveforms } from '../shared/unit-jobs.ts';
import type { EphysDataset } from './datasets.ts';
import { Plot } from './plot.tsx';
import { extentOf, insideLasso, paintLasso, paintPoints, type ScatterBox } from './scatter.ts';
import { colourIndex } from './series-colours.ts';
import { SplitOffer } from './split-offer.tsx';
import type { Unit } from './units.ts';
import { useLasso } from './use-lasso.ts';

interface FeaturePlotProps {
  readonly dataset: EphysDataset;
  readonly units: readonly Unit[];
  readonly waveforms: readonly UnitWaveforms[];
}

const component = ({ features }: UnitWaveforms, which: 0 | 1) => features.filter((_, i) => i % 2 === which);

export function FeaturePlot({ dataset, units, waveforms }: FeaturePlotProps): ReactElement {
  const lasso = useLasso();
  const points = waveforms.map((one) => ({ x: component(one, 0), y: component(one, 1) }));
  const boxOf = (width: number, height: number): ScatterBox => ({
    left: 4,
    top: 4,
    width: width - 8,
    height: height - 8,
    x: extentOf(points.map(({ x }) => x)),
    y: extentOf(points.map(({ y }) => y)),
  });
  const first = waveforms[0];
  const chosen =
    lasso.isDone && first
      ? insideLasso(boxOf(lasso.size.width, lasso.size.height), points[0]!.x, points[0]!.y, lasso.corners).map(
          (i) => first.frames[i]!,
        )
      : [];
  return (
    <>
      <Plot
        label="Features"
        paint={(painting) => {
          const box = boxOf(painting.width, painting.height);
          points.forEach(({ x, y }, place) => {
            paintPoints(painting, box, x, y, painting.palette.css.series[colourIndex(place)]!);
          });
          paintLasso(painting, lasso.corners);
        }}
        {...lasso.hands}
      />
      {lasso.isDone && units[0] && <SplitOffer dataset={dataset} unit={units[0]} frames={chosen} onDone={lasso.clear} />}
      {lasso.isDone && chosen.length === 0 && (
        <Button small className="ephys-split" onClick={lasso.clear}>
          No spike inside
        </Button>
      )}
    </>
  );
}
