// After a lasso: splits the spikes inside it off their unit. K does it, as in phy.
import type { ReactElement } from 'react';
import { grouped } from '../../../base/number-format.ts';
import { Button } from '../../../ui/button.tsx';
import { useShortcuts } from '../../../ui/shortcuts.ts';
import { splitUnit } from './curation.ts';
import type { EphysDataset } from './datasets.ts';
import { trainOf, type Unit } from './units.ts';

interface SplitOfferProps {
  readonly dataset: EphysDataset;
  readonly unit: Unit;
  /** Of the spikes inside the lasso. */
  readonly frames: readonly number[];
  readonly onDone: () => void;
}

export function SplitOffer({ dataset, unit, frames, onDone }: SplitOfferProps): ReactElement | null {
  const split = () => {
    const wanted = new Set(frames);
    const chosen = new Set<number>();
    trainOf(dataset, unit).forEach((frame, i) => {
      if (wanted.has(frame)) chosen.add(i);
    });
    splitUnit(dataset, unit.id, chosen);
    onDone();
  };
  useShortcuts([{ keys: 'k', label: 'Split the spikes inside the lasso', group: 'Units', run: split }], frames.length > 0);
  if (frames.length === 0) return null;
  return (
    <Button small kind="edge" className="ephys-split" keys="k" onClick={split}>
      {`Split ${grouped(frames.length)} of ${grouped(unit.spikes.length)}`}
    </Button>
  );
}
