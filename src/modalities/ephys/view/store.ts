// The view state of one ephys data set: plain, serialisable values. Strips, spikes and measures are in the resource cache under `<id>/…`.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Sort } from '../../../ui/table-parts.tsx';
import { CHAIN_START, type ChainSettings } from '../shared/chain.ts';

export const MODES = ['lines', 'heat', 'both'] as const;
export const SIDES = ['result', 'split', 'raw'] as const;
export const TABS = ['drift', 'board', 'raster', 'agreement', 'about'] as const;
export const PAGES = ['shape', 'more'] as const;
export const PRESETS = ['allen', 'svoboda', 'none'] as const;
export const DEFINITIONS = ['corrected', 'published'] as const;
export const CONVENTIONS = ['spikeinterface', 'phy'] as const;
export const SPEEDS = [0.01, 0.03, 0.1, 0.3, 1] as const;

export interface Seconds {
  readonly from: number;
  readonly to: number;
}

export interface EphysState {
  /** The window of the traces in frames; `from` may lie between two. */
  readonly from: number;
  readonly span: number;
  readonly mode: (typeof MODES)[number];
  /** What is drawn: the chain's result, the raw samples, or both above one another. */
  readonly side: (typeof SIDES)[number];
  /** Times the usual height of a trace, and half the range of the heat map in µV. */
  readonly gain: number;
  readonly range: number;
  /** Lines of the traces: the first, and how many, in the order of the rows. */
  readonly firstRow: number;
  readonly rows: number;
  /** Electrodes that were chosen on the probe, in place of the rows. */
  readonly picked: readonly number[] | null;
  readonly order: 'depth' | 'file';
  readonly chain: ChainSettings;
  /** Of what is visible, times the noise. */
  readonly threshold: number;
  readonly spikesShown: boolean;
  readonly detectedShown: boolean;
  readonly playing: boolean;
  /** Times real time. */
  readonly speed: number;
  /** Which of the data set's sortings is on screen, and which it is compared with. */
  readonly sorting: number;
  readonly other: number | null;
  /** Ids of the selected units, the first is the one in question. */
  readonly selected: readonly number[];
  /** Restricts every view of the units; null: the whole recording. */
  readonly brush: Seconds | null;
  readonly preset: (typeof PRESETS)[number];
  /** Of measures whose published definition has an error. */
  readonly definitions: (typeof DEFINITIONS)[number];
  /** Of the correlograms. */
  readonly convention: (typeof CONVENTIONS)[number];
  readonly filter: string;
  /** Whether the table shows every measure, not only the usual ones. */
  readonly allMeasures: boolean;
  readonly sort: Sort | null;
  readonly tab: (typeof TABS)[number];
  readonly page: (typeof PAGES)[number];
  /** Counts up whenever the arrays behind a name change, so that views draw again. */
  readonly versions: {
    readonly units: number;
    readonly metrics: number;
    readonly drift: number;
    readonly compare: number;
    readonly detected: number;
    readonly checks: number;
  };
  readonly undo: readonly string[];
  readonly redo: readonly string[];
}

export type EphysStore = StoreApi<EphysState>;

/** Seconds that are seen first. */
const FIRST_SPAN = 0.1;
const MOST_LINES = 40;

export function makeStore(frames: number, rate: number, electrodes: number): EphysStore {
  const rows = Math.max(1, Math.min(MOST_LINES, electrodes));
  return createStore<EphysState>(() => ({
    from: 0,
    span: Math.max(2, Math.min(frames || 2, Math.round(FIRST_SPAN * rate))),
    mode: 'lines',
    side: 'result',
    gain: 1,
    range: 100,
    firstRow: Math.max(0, Math.floor((electrodes - rows) / 2)),
    rows,
    picked: null,
    order: 'depth',
    chain: CHAIN_START,
    threshold: 5.5,
    spikesShown: true,
    detectedShown: false,
    playing: false,
    speed: 0.1,
    sorting: 0,
    other: null,
    selected: [],
    brush: null,
    preset: 'allen',
    definitions: 'corrected',
    convention: 'spikeinterface',
    filter: '',
    allMeasures: false,
    sort: null,
    tab: 'drift',
    page: 'shape',
    versions: { units: 0, metrics: 0, drift: 0, compare: 0, detected: 0, checks: 0 },
    undo: [],
    redo: [],
  }));
}

/** Tells the views that the arrays behind `what` were replaced. */
export function bump(store: EphysStore, ...what: (keyof EphysState['versions'])[]): void {
  store.setState(({ versions }) => {
    const next = { ...versions };
    for (const name of what) next[name]++;
    return { versions: next };
  });
}
