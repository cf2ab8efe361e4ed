// Jumps through time: to the next spike of the selected unit, and to the next large event that can be seen from here.
import { neighbourOf } from '../../../base/rising.ts';
import { reportError } from '../../../state/log.ts';
import { ask } from '../../../workers/client.ts';
import type { Detected, DetectInput } from '../shared/detection.ts';
import type { EphysDataset } from './datasets.ts';
import { brushed, selectedUnits } from './units.ts';
import { showFrame } from './window.ts';

/** To the spike of the first selected unit before or after the middle of the window. */
export function jumpSpike(dataset: EphysDataset, by: 1 | -1): void {
  const unit = selectedUnits(dataset)[0];
  if (!unit) return;
  const { from, span } = dataset.store.getState();
  const middle = Math.round(from + span / 2);
  const spike = neighbourOf(brushed(dataset, unit), middle, by);
  if (spike !== null) showFrame(dataset, spike);
}

const LOOK_SECONDS = 0.5;
const MOST_LOOKS = 20;

/** To the next event above twice the threshold, searched half a second at a time. */
export async function jumpEvent(dataset: EphysDataset, by: 1 | -1): Promise<void> {
  const { from, span, threshold, chain } = dataset.store.getState();
  const look = Math.round(LOOK_SECONDS * dataset.rate);
  const least = 2;
  let start = by > 0 ? Math.ceil(from + span / 2) + least : Math.floor(from + span / 2) - look - least;
  try {
    for (let i = 0; i < MOST_LOOKS && start < dataset.frames && start + look > 0; i++, start += by * look) {
      const input: DetectInput = {
        source: dataset.source,
        chain,
        from: Math.max(0, start),
        to: Math.min(dataset.frames, start + look),
        threshold: 2 * threshold,
      };
      const { times } = await ask<Detected>('ephys', 'detect', input);
      const found = by > 0 ? times[0] : times.at(-1);
      if (found === undefined) continue;
      showFrame(dataset, found);
      return;
    }
  } catch (error) {
    reportError(error, 'The next event could not be found');
  }
}
