// Threshold crossings of what is on screen: found anew, a moment after the window, the chain or the threshold changed, while somebody
// looks at them.
import { useEffect, useState } from 'react';
import { lowerBound } from '../../../base/rising.ts';
import { reportError } from '../../../state/log.ts';
import { resources } from '../../../state/resources.ts';
import { ask } from '../../../workers/client.ts';
import type { Detected, DetectInput } from '../shared/detection.ts';
import type { EphysDataset } from './datasets.ts';
import { useEphys } from './hooks.ts';
import { detectedKey } from './marks.ts';
import { bump } from './store.ts';
import { sortingOf } from './units.ts';

const PAUSE_MS = 150;
/** Wider windows hold too much to be filtered while somebody waits. */
const MOST_SAMPLES = 8_000_000;
/** Sorted spikes that near a detected one are the same. */
const SAME_SECONDS = 0.0005;

export interface Found {
  readonly detected: Detected;
  /** How many lie beside a sorted spike; null without a sorting. */
  readonly assigned: number | null;
}

export function useDetected(dataset: EphysDataset): Found | null {
  const key = useEphys(dataset, ({ from, span, threshold, chain, playing }) =>
    playing ? '' : JSON.stringify([from, span, threshold, chain]),
  );
  useEphys(dataset, ({ versions }) => versions.units);
  const [found, setFound] = useState<Detected | null>(null);
  useEffect(() => {
    const { from, span, threshold, chain } = dataset.store.getState();
    if (!dataset.recording || key === '' || span * dataset.electrodes.count > MOST_SAMPLES) {
      setFound(null);
      return;
    }
    const control = new AbortController();
    const timer = setTimeout(() => {
      const input: DetectInput = {
        source: dataset.source,
        chain,
        from: Math.floor(from),
        to: Math.min(dataset.frames, Math.ceil(from + span)),
        threshold,
      };
      ask<Detected>('ephys', 'detect', input, { signal: control.signal }).then(
        (detected) => {
          resources.put(detectedKey(dataset), detected, 16 * detected.times.length);
          setFound(detected);
          bump(dataset.store, 'detected');
        },
        (error: unknown) => control.signal.aborted || reportError(error, 'Spikes could not be detected'),
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      control.abort();
    };
  }, [dataset, key]);
  return found && { detected: found, assigned: countAssigned(dataset, found) };
}

function countAssigned(dataset: EphysDataset, { times }: Detected): number | null {
  const sorting = sortingOf(dataset);
  if (!sorting) return null;
  const near = SAME_SECONDS * dataset.rate;
  return times.reduce((sum, time) => {
    const next = sorting.times[lowerBound(sorting.times, time - near)];
    return sum + Number(next !== undefined && next <= time + near);
  }, 0);
}
