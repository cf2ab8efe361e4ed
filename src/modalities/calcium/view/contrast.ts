// Contrast of what is on stage: automatic limits from percentiles, kept per view, locked where the user says so.
import type { NumericArray } from '../../../base/ndarray.ts';
import { reportError } from '../../../state/log.ts';
import { resources } from '../../../state/resources.ts';
import { ask } from '../../../workers/client.ts';
import type { ContrastInput, ContrastOutput } from '../shared/images.ts';
import type { CalciumDataset } from './datasets.ts';
import type { CalciumState, Contrast, ViewName } from './store.ts';

/** Movie and ΔF/F₀ have limits of their own. */
export function contrastKey(view: ViewName, deltaF: boolean): string {
  return view === 'movie' && deltaF ? 'movie ΔF/F₀' : view;
}

const USUAL: Pick<Contrast, 'gamma' | 'map'> = { gamma: 1, map: 'gray' };

export function contrastOf(dataset: CalciumDataset, key: string): Contrast | undefined {
  return dataset.store.getState().contrast[key];
}

export function setContrast(dataset: CalciumDataset, key: string, change: Partial<Contrast>): void {
  dataset.store.setState(({ contrast }) => {
    const before = contrast[key] ?? { low: 0, high: 1, locked: false, ...USUAL };
    return { contrast: { ...contrast, [key]: { ...before, ...change } } };
  });
}

/** Histogram of the data behind a view, as measured last. */
export function histogramOf(dataset: CalciumDataset, key: string): ContrastOutput | undefined {
  return resources.get<ContrastOutput>(`${dataset.id}/histogram/${key}`);
}

/** The contrast of these views as `chosen` says; limits that nobody locked are those that were measured here, because the movie is
 *  measured once. */
export function withMeasured(
  dataset: CalciumDataset,
  chosen: CalciumState['contrast'],
  keys: Iterable<string>,
): CalciumState['contrast'] {
  const entries = [...keys].flatMap((key): [string, Contrast][] => {
    const one = chosen[key];
    const measured = histogramOf(dataset, key);
    if (one?.locked || !measured) return one ? [[key, one]] : [];
    return [[key, { ...USUAL, ...one, locked: false, ...limitsOf(measured) }]];
  });
  return Object.fromEntries(entries);
}

function limitsOf({ low, high }: ContrastOutput): Pick<Contrast, 'low' | 'high'> {
  return { low, high: high > low ? high : low + 1 };
}

const asked = new Map<string, number>();

/** Measures the data and sets the limits, unless they are locked; a later measurement of the same view wins. */
export async function autoContrast(dataset: CalciumDataset, key: string, data: NumericArray, force = false): Promise<void> {
  const name = `${dataset.id}/${key}`;
  const turn = (asked.get(name) ?? 0) + 1;
  asked.set(name, turn);
  try {
    const measured = await ask<ContrastOutput>('calcium', 'contrast', { data } satisfies ContrastInput);
    if (asked.get(name) !== turn) return;
    resources.put(`${dataset.id}/histogram/${key}`, measured, measured.counts.byteLength, true);
    const before = contrastOf(dataset, key);
    if (before?.locked && !force) setContrast(dataset, key, {});
    else setContrast(dataset, key, limitsOf(measured));
  } catch (error) {
    reportError(error, 'The contrast could not be measured');
  }
}
