// Stretches of a recording after the chain: frames [from, to) of its electrodes, [frame][channel], in µV.
import { getOrMake } from '../../../base/get-or-make.ts';
import type { NumericArray } from '../../../base/ndarray.ts';
import type { Recording } from '../../../formats/recording.ts';
import { type FloatBlock, framesOfBlock } from '../../../pipeline/ephys/block.ts';
import { applyChain, type ChainStep, chainMargin, DEFAULT_STEPS } from '../../../pipeline/ephys/chain.ts';
import { covarianceOf, whiteningEpsilon, whiteningMatrix } from '../../../pipeline/ephys/reference/whitening.ts';
import { type ChainSettings, chainKey, stepsOn } from '../shared/chain.ts';
import { type Electrodes, electrodesOf } from './electrodes.ts';

/** The steps of the pipeline that the settings mean; phase shift only where the file says when its channels are sampled. */
export function stepsOf(chain: ChainSettings, { context }: Electrodes): ChainStep[] {
  const { low, high, operator, scope } = chain;
  const nyquist = context.rate / 2;
  return stepsOn(chain).flatMap((kind): ChainStep[] => {
    const usual = DEFAULT_STEPS[kind];
    if (kind === 'phase-shift' && !context.sampleShifts?.some((shift) => shift !== 0)) return [];
    if (usual.kind === 'high-pass')
      return [{ ...usual, parameters: { ...usual.parameters, cutoff: Math.min(low, nyquist * 0.9) } }];
    if (usual.kind === 'band-pass')
      return [
        {
          ...usual,
          parameters: { ...usual.parameters, low: Math.min(low, nyquist * 0.5), high: Math.min(high, nyquist * 0.95) },
        },
      ];
    if (usual.kind === 'common-reference') return [{ ...usual, parameters: { ...usual.parameters, operator, scope } }];
    return [usual];
  });
}

/** Frames [from, to) in µV, from counts [frame][column]. */
function microvolts(
  counts: NumericArray,
  frames: number,
  columns: number,
  { columns: kept, gain, offset }: Electrodes,
): FloatBlock {
  const channels = kept.length;
  const data = new Float32Array(frames * channels);
  for (let t = 0, to = 0, row = 0; t < frames; t++, row += columns) {
    for (let c = 0; c < channels; c++, to++) data[to] = counts[row + kept[c]!]! * gain[c]! + offset[c]!;
  }
  return { data, frames, channels };
}

/** Raw µV of frames [from, to). */
export async function readMicrovolts(recording: Recording, from: number, to: number, signal: AbortSignal): Promise<FloatBlock> {
  const counts = await recording.read(from, to, signal);
  return microvolts(counts, to - from, recording.channels, electrodesOf(recording));
}

/** Frames [from, to) after the chain, computed from the margins that it asks for, as far as the recording goes. */
export async function readProcessed(
  recording: Recording,
  chain: ChainSettings,
  from: number,
  to: number,
  signal: AbortSignal,
): Promise<FloatBlock> {
  const electrodes = electrodesOf(recording);
  const steps = stepsOf(chain, electrodes);
  if (steps.length === 0) return readMicrovolts(recording, from, to, signal);
  const margin = chainMargin(steps, electrodes.context.rate);
  const before = Math.min(from, margin);
  // A little more than is asked for where that makes the Fourier transforms of the phase shift many times as fast.
  const end = Math.min(recording.frames, from - margin + smoothLength(to - from + 2 * margin) - margin);
  const after = Math.min(recording.frames - end, margin);
  const block = await readMicrovolts(recording, from - before, end + after, signal);
  const whitening = steps.some(({ kind }) => kind === 'whitening') ? await whiteningFor(recording, chain, signal) : undefined;
  const context = { ...electrodes.context, ...(whitening && { whitening }) };
  return framesOfBlock(applyChain(block, steps, { before, after }, context), 0, to - from);
}

/** The least length from `length` on that has no prime factor above 5. */
export function smoothLength(length: number): number {
  for (let n = Math.max(1, length); ; n++) {
    let rest = n;
    for (const factor of [2, 3, 5]) while (rest % factor === 0) rest /= factor;
    if (rest === 1) return n;
  }
}

const matrices = new WeakMap<Recording, Map<string, Promise<Float64Array<ArrayBuffer>>>>();
const WHITENING_PIECES = 12;
const WHITENING_SECONDS = 0.1;

/** From pieces evenly over the recording, processed up to the whitening. The same in every worker. */
function whiteningFor(recording: Recording, chain: ChainSettings, signal: AbortSignal): Promise<Float64Array<ArrayBuffer>> {
  const kept = getOrMake(matrices, recording, () => new Map<string, Promise<Float64Array<ArrayBuffer>>>());
  const key = chainKey(chain);
  return getOrMake(kept, key, () =>
    measureWhitening(recording, chain, signal).catch((error: unknown) => {
      kept.delete(key);
      throw error;
    }),
  );
}

async function measureWhitening(
  recording: Recording,
  chain: ChainSettings,
  signal: AbortSignal,
): Promise<Float64Array<ArrayBuffer>> {
  const at = chain.steps.findIndex(({ kind }) => kind === 'whitening');
  const before = { ...chain, steps: chain.steps.slice(0, at) };
  const pieces: FloatBlock[] = [];
  for (const { from, to } of piecesOver(recording, WHITENING_PIECES, WHITENING_SECONDS)) {
    pieces.push(await readProcessed(recording, before, from, to, signal));
  }
  const { context } = electrodesOf(recording);
  const epsilon = pieces[0] ? whiteningEpsilon(pieces[0]) : 1e-16;
  return whiteningMatrix(covarianceOf(pieces), context.positions, { ...DEFAULT_STEPS.whitening.parameters, epsilon });
}

/** At most `count` stretches of `seconds`, evenly over the recording; a short one whole. */
export function piecesOver(recording: Recording, count: number, seconds: number): { from: number; to: number }[] {
  const { frames } = recording;
  const length = Math.max(1, Math.round(seconds * electrodesOf(recording).context.rate));
  if (frames <= count * length) {
    return Array.from({ length: Math.ceil(frames / length) }, (_, i) => ({
      from: i * length,
      to: Math.min(frames, (i + 1) * length),
    }));
  }
  return Array.from({ length: count }, (_, i) => {
    const from = Math.round(((frames - length) * i) / Math.max(1, count - 1));
    return { from, to: from + length };
  });
}
