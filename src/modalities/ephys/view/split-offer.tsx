// After a lasso: splits the spikes inside it off their unit. K does it, as in phy. Where only some of the spikes were read, all are read
// first, so that none of those inside stays behind.
import { type ReactElement, useState } from 'react';
import { toPlain } from '../../../base/errors.ts';
import { fixed, grouped } from '../../../base/number-format.ts';
import { reportError } from '../../../state/log.ts';
import { Button } from '../../../ui/button.tsx';
import { useShortcuts } from '../../../ui/shortcuts.ts';
import { splitUnit } from './curation.ts';
import type { EphysDataset } from './datasets.ts';
import { insideLasso, type ScatterBox } from './scatter.ts';
import { brushedPlaces, type SpikePlane } from './spike-planes.ts';
import type { Unit } from './units.ts';
import type { Lasso } from './use-lasso.ts';

interface SplitOfferProps {
  readonly dataset: EphysDataset;
  readonly unit: Unit;
  /** The unit's points, and where they are drawn. */
  readonly plane: SpikePlane;
  readonly boxOf: (width: number, height: number) => ScatterBox;
  readonly lasso: Lasso;
  /** The points of all its spikes within the time brush; null where they cannot be read. */
  readonly askAll: (() => Promise<SpikePlane>) | null;
}

export function SplitOffer({ dataset, unit, plane, boxOf, lasso, askAll }: SplitOfferProps): ReactElement | null {
  const [reading, setReading] = useState(false);
  const box = boxOf(lasso.size.width, lasso.size.height);
  const inside = (of: SpikePlane) => insideLasso(box, of.x, of.y, lasso.corners).map((i) => of.places[i]!);
  const seen = inside(plane);
  const isWhole = plane.places.length >= brushedPlaces(dataset, unit).length;
  const split = async () => {
    if (reading) return;
    try {
      setReading(true);
      const all = isWhole || !askAll ? seen : inside(await askAll());
      splitUnit(dataset, unit.id, new Set(all));
      lasso.clear();
    } catch (error) {
      if (toPlain(error).tag !== 'Aborted') reportError(error, `Unit ${unit.name} could not be split`);
    } finally {
      setReading(false);
    }
  };
  const canSplit = seen.length > 0 && (isWhole || askAll !== null);
  useShortcuts([{ keys: 'k', label: 'Split the spikes inside the lasso', group: 'Units', run: () => void split() }], canSplit);
  if (seen.length === 0)
    return (
      <Button small className="ephys-split" onClick={lasso.clear}>
        No spike inside
      </Button>
    );
  if (!canSplit) return null;
  const share = fixed((100 * seen.length) / plane.places.length, 0);
  return (
    <Button small kind="edge" className="ephys-split" keys="k" disabled={reading} onClick={() => void split()}>
      {reading
        ? 'Reading all spikes …'
        : isWhole
          ? `Split ${grouped(seen.length)} of ${grouped(unit.spikes.length)}`
          : `Split ${share} % of ${grouped(unit.spikes.length)}`}
    </Button>
  );
}
