// Residual motion: measured on the binned movie once that is read, and corrected by fractions of a pixel where a person asks for it.
// Then every frame is moved back as it is read, so pictures, traces and detections are of the corrected movie; the files stay as they
// are. The shifts are kept with the edits, so that the corrected movie comes back with them.
import { isSomascopeError, SomascopeError } from '../../../base/errors.ts';
import { breathe } from '../../../base/steps.ts';
import { notify, reportError } from '../../../state/log.ts';
import { resources } from '../../../state/resources.ts';
import { ask } from '../../../workers/client.ts';
import type { FrameShifts, MotionInput, MotionOutput } from '../shared/motion.ts';
import type { BinnedMovie } from './binned.ts';
import type { CalciumDataset } from './datasets.ts';
import { bump } from './store.ts';
import { ensureSummary, renewSummary } from './summary.ts';

/** 99th percentile, px; or why it cannot be known. */
export type Motion = { readonly p99: number } | { readonly unknown: string };

/** Side of the middle part that is compared, px, and the most images of it. */
const SIDE = 128;
const MOST_IMAGES = 400;
const FEWEST_IMAGES = 8;
/** Above this many px a correction is offered. */
export const MUCH_MOTION = 1;

const measuring = new Set<string>();

const TOO_FEW = `Motion is told from at least ${FEWEST_IMAGES} binned images; this movie has fewer.`;
const UNLIKE = 'The binned images resemble each other too little to tell how they moved: there is no texture, or too much noise.';

/** Measures the movie as it is read now; does nothing where that is done, or nothing is read. */
export async function measureMotion(dataset: CalciumDataset): Promise<void> {
  const { id, store, files } = dataset;
  const binned = resources.get<BinnedMovie>(`${id}/bins`);
  if (!binned || store.getState().motion || measuring.has(id)) return;
  if (binned.images.length < FEWEST_IMAGES) {
    store.setState({ motion: { unknown: TOO_FEW } });
    return;
  }
  measuring.add(id);
  const { movie } = files;
  try {
    const input = await middleOf(binned, movie.frames);
    const found = await ask<MotionOutput>('calcium', 'motion', input);
    // Frames may have been moved while it was measured.
    if (files.movie !== movie) return;
    if (found) resources.put(`${id}/shifts`, found.shifts, 2 * found.shifts.rows.byteLength, true);
    store.setState({ motion: found ? { p99: found.p99 } : { unknown: UNLIKE } });
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

/** The shifts that frames are moved back by; null where they are as recorded. */
export function shiftsOf({ files }: CalciumDataset): FrameShifts | null {
  return files.movie.shifts ?? null;
}

/** From now on every frame is read moved back by these shifts, or as it lies in its files. Regions stay where they are. */
export function moveFrames(dataset: CalciumDataset, shifts: FrameShifts | null): void {
  const { id, files, store, player } = dataset;
  if (shifts === shiftsOf(dataset)) return;
  const { shifts: _, ...plain } = files.movie;
  // In place, because everything that reads frames holds it.
  Object.assign(files, { movie: shifts ? { ...plain, shifts } : plain });
  resources.delete(`${id}/shifts`);
  resources.delete(`${id}/traces/predictions`);
  resources.deletePrefix(`${id}/processed/`);
  store.setState({ motion: null, corrected: shifts !== null });
  renewSummary(dataset);
  bump(store, 'traces');
  if (player.shown) player.seek(store.getState().frame);
}

/** Measures the movie and corrects it; throws where its motion cannot be known. Nothing to do where that was done. */
export async function correctMotion(dataset: CalciumDataset): Promise<void> {
  if (shiftsOf(dataset)) return;
  await ensureSummary(dataset);
  await measureMotion(dataset);
  const { motion } = dataset.store.getState();
  const shifts = resources.get<FrameShifts>(`${dataset.id}/shifts`);
  if (!shifts) {
    const why = motion && 'unknown' in motion ? motion.unknown : 'Its motion could not be measured.';
    throw new SomascopeError('Invalid', why, {}, 'Go on with the movie as it was recorded.');
  }
  moveFrames(dataset, shifts);
}

/** What the button does: corrects, or takes the correction back, and tells what is left. */
export async function setCorrected(dataset: CalciumDataset, corrected: boolean): Promise<void> {
  const { store, name } = dataset;
  try {
    if (corrected) await correctMotion(dataset);
    else moveFrames(dataset, null);
    await ensureSummary(dataset);
    await measureMotion(dataset);
    const { motion } = store.getState();
    const left = motion && 'p99' in motion ? `${motion.p99.toFixed(1)} px are left.` : 'What is left cannot be known.';
    notify('success', corrected ? 'Motion corrected' : 'Motion as recorded', `${name}: ${left}`);
  } catch (error) {
    reportError(error, `${name}: its motion could not be corrected`);
  }
}
