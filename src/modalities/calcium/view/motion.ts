// Residual motion: measured on the binned movie once that is read, and corrected by whole pixels where a person asks for it. Then
// every frame is moved back as it is read, so pictures, traces and detections are of the corrected movie; the files stay as they are.
import { isSomascopeError } from '../../../base/errors.ts';
import { breathe } from '../../../base/steps.ts';
import { notify, reportError } from '../../../state/log.ts';
import { resources } from '../../../state/resources.ts';
import { ask } from '../../../workers/client.ts';
import type { FrameShifts, MotionInput, MotionOutput } from '../shared/motion.ts';
import type { BinnedMovie } from './binned.ts';
import type { CalciumDataset } from './datasets.ts';
import { bump } from './store.ts';
import { ensureSummary, releaseSummary } from './summary.ts';

export interface Motion {
  /** 99th percentile, px. */
  readonly p99: number;
  readonly corrected: boolean;
}

/** Side of the middle part that is compared, px, and the most images of it. */
const SIDE = 128;
const MOST_IMAGES = 400;
const FEWEST_IMAGES = 8;
/** Above this many px a correction is offered. */
export const MUCH_MOTION = 1;

const measuring = new Set<string>();

/** Measures the movie as it is read now; does nothing where that is known, or too little of a movie is there. */
export async function measureMotion(dataset: CalciumDataset): Promise<void> {
  const { id, store, files } = dataset;
  const binned = resources.get<BinnedMovie>(`${id}/bins`);
  if (!binned || store.getState().motion || measuring.has(id) || binned.images.length < FEWEST_IMAGES) return;
  measuring.add(id);
  try {
    const input = await middleOf(binned, files.movie.frames);
    const { p99, shifts } = await ask<MotionOutput>('calcium', 'motion', input);
    resources.put(`${id}/shifts`, shifts, 2 * shifts.rows.length, true);
    store.setState({ motion: { p99, corrected: files.movie.shifts !== undefined } });
  } catch (error) {
    if (!isSomascopeError(error, 'Aborted')) reportError(error, `${dataset.name}: its motion could not be measured`);
  } finally {
    measuring.delete(id);
  }
}

async function middleOf({ images, height, width }: BinnedMovie, frames: number): Promise<MotionInput> {
  const [tall, wide] = [Math.min(SIDE, height), Math.min(SIDE, width)];
  const [top, left] = [(height - tall) >> 1, (width - wide) >> 1];
  const count = Math.min(images.length, MOST_IMAGES);
  const out = new Uint16Array(count * tall * wide);
  for (let n = 0; n < count; n++) {
    const image = images[Math.floor(((n + 0.5) * images.length) / count)]!;
    for (let y = 0; y < tall; y++) {
      const from = (top + y) * width + left;
      out.set(image.subarray(from, from + wide), (n * tall + y) * wide);
    }
    if (n % 64 === 63) await breathe();
  }
  return { images: out, count, height: tall, width: wide, frames };
}

/** Reads the movie anew with every frame moved back, or as it lies in its files. Regions stay where they are. */
export async function setCorrected(dataset: CalciumDataset, corrected: boolean): Promise<void> {
  const { id, files, store, player, name } = dataset;
  const shifts = resources.get<FrameShifts>(`${id}/shifts`);
  if (corrected && !shifts) return;
  const { shifts: _, ...plain } = files.movie;
  // In place, because everything that reads frames holds it.
  Object.assign(files, { movie: corrected ? { ...plain, shifts } : plain });
  releaseSummary(dataset);
  resources.delete(`${id}/traces/predictions`);
  resources.deletePrefix(`${id}/processed/`);
  store.setState({ motion: null });
  bump(store, 'traces');
  player.seek(store.getState().frame);
  try {
    await ensureSummary(dataset);
    await measureMotion(dataset);
    const { motion } = store.getState();
    if (motion)
      notify('success', corrected ? 'Motion corrected' : 'Motion as recorded', `${name}: ${motion.p99.toFixed(1)} px are left.`);
  } catch (error) {
    reportError(error, `${name}: the movie could not be read`);
  }
}
