// Features of the selected units' spikes: those that the sorter saved, else the first two principal components of the waveforms that
// were read. A lasso around spikes of the first unit offers to split them off.
import type { ReactElement } from 'react';
import type { UnitWaveforms } from '../shared/unit-jobs.ts';
import type { EphysDataset } from './datasets.ts';
import { Plot } from './plot.tsx';
import { extentOf, paintLasso, paintPoints, type ScatterBox } from './scatter.ts';
import { colourIndex } from './series-colours.ts';
import { askWholeSavedPlane, projectAll, readPlane, type SavedPlanes, type SpikePlane } from './spike-planes.ts';
import { SplitOffer } from './split-offer.tsx';
import { waveformsOf } from './unit-facts.ts';
import type { Unit } from './units.ts';
import { useLasso } from './use-lasso.ts';

interface FeaturePlotProps {
  readonly dataset: EphysDataset;
  readonly units: readonly Unit[];
  readonly waveforms: readonly UnitWaveforms[];
  /** What the sorter saved; null where it did not. */
  readonly saved: SavedPlanes | null;
}

export function FeaturePlot({ dataset, units, waveforms, saved }: FeaturePlotProps): ReactElement {
  const lasso = useLasso();
  const planes: readonly SpikePlane[] = saved
    ? saved.units
    : units.flatMap((unit, i) =>
        waveforms[i] && waveforms[i] === waveformsOf(unit) ? [readPlane(dataset, unit, waveforms[i])] : [],
      );
  const boxOf = (width: number, height: number): ScatterBox => ({
    left: 4,
    top: 4,
    width: width - 8,
    height: height - 8,
    x: extentOf(planes.map(({ x }) => x)),
    y: extentOf(planes.map(({ y }) => y)),
  });
  const [unit, plane, basis] = [units[0], planes[0], waveforms[0]?.basis];
  const askAll = !unit
    ? null
    : saved
      ? () => askWholeSavedPlane(dataset, unit, saved.channel)
      : basis
        ? () => projectAll(dataset, unit, basis)
        : null;
  return (
    <>
      <Plot
        label="Features"
        paint={(painting) => {
          const box = boxOf(painting.width, painting.height);
          planes.forEach(({ x, y }, place) => {
            paintPoints(painting, box, x, y, painting.palette.css.series[colourIndex(place)]!);
          });
          paintLasso(painting, lasso.corners);
        }}
        {...lasso.hands}
      />
      {lasso.isDone && unit && plane && (
        <SplitOffer dataset={dataset} unit={unit} plane={plane} boxOf={boxOf} lasso={lasso} askAll={askAll} />
      )}
    </>
  );
}
