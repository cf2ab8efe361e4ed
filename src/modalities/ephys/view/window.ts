// Moving through time: the window of the traces, kept within the recording, between one sample and the whole file.
import type { EphysDataset } from './datasets.ts';
import { rowsOf } from './electrodes.ts';
import type { EphysState } from './store.ts';

type Window = Pick<EphysState, 'from' | 'span'>;

/** The least that is shown: one sample with its neighbours. */
const LEAST_FRAMES = 2;

export function clampWindow({ from, span }: Window, frames: number): Window {
  const within = Math.max(LEAST_FRAMES, Math.min(frames, span));
  return { span: within, from: Math.max(0, Math.min(frames - within, from)) };
}

export function setWindow(dataset: EphysDataset, window: Partial<Window>): void {
  const { from, span } = dataset.store.getState();
  dataset.store.setState(clampWindow({ from, span, ...window }, dataset.frames));
}

/** Zooms about a frame that stays where it is on the screen. */
export function zoomAt(dataset: EphysDataset, frame: number, factor: number): void {
  const { from, span } = dataset.store.getState();
  const next = Math.max(LEAST_FRAMES, Math.min(dataset.frames, span * factor));
  setWindow(dataset, { span: next, from: frame - (frame - from) * (next / span) });
}

export function zoomMiddle(dataset: EphysDataset, factor: number): void {
  const { from, span } = dataset.store.getState();
  zoomAt(dataset, from + span / 2, factor);
}

/** Moves by a share of the window. */
export function stepWindow(dataset: EphysDataset, share: number): void {
  const { from, span } = dataset.store.getState();
  setWindow(dataset, { from: from + share * span });
}

/** Brings a frame to the middle of the window, where it is not well inside it already. */
export function showFrame(dataset: EphysDataset, frame: number, always = true): void {
  const { from, span } = dataset.store.getState();
  if (always || frame < from + span * 0.1 || frame > from + span * 0.9) setWindow(dataset, { from: frame - span / 2 });
}

/** Puts the lines around an electrode. */
export function showElectrode({ electrodes, store }: EphysDataset, electrode: number): void {
  const { order, rows } = store.getState();
  const at = rowsOf(electrodes, order).indexOf(electrode);
  store.setState({ picked: null, firstRow: Math.max(0, Math.min(electrodes.count - rows, at - Math.floor(rows / 2))) });
}
