// The live chain: steps that turn raw samples [frame][channel] into what is shown, in the order of the list. A stretch is
// computed from itself and margins on both sides that each step consumes, as SpikeInterface does; where the file ends, less is there.
import { SomascopeError } from '../../base/errors.ts';
import { type ChannelContext, type FloatBlock, framesOfBlock, type TraceBlock, toFloatBlock } from './block.ts';
import { butterworth, type Sections } from './filter/butterworth.ts';
import { filterBlock } from './filter/filter-block.ts';
import { type ZeroPhaseFilter, zeroPhase } from './filter/filtfilt.ts';
import { SHIFT_MARGIN_SECONDS, shiftTapered } from './filter/phase-shift.ts';
import { LOCAL_RING, type ReferenceParameters, subtractReference } from './reference/common-reference.ts';
import { DESTRIPE, type DestripeParameters, destripe, GAIN_SECONDS } from './reference/destripe.ts';
import { type WhiteningParameters, whitenBlock } from './reference/whitening.ts';

export type ChainStep =
  | { readonly kind: 'phase-shift'; readonly parameters: Readonly<Record<string, never>> }
  | { readonly kind: 'high-pass'; readonly parameters: { readonly cutoff: number; readonly order: number } }
  | { readonly kind: 'low-pass'; readonly parameters: { readonly cutoff: number; readonly order: number } }
  | { readonly kind: 'band-pass'; readonly parameters: { readonly low: number; readonly high: number; readonly order: number } }
  | { readonly kind: 'common-reference'; readonly parameters: ReferenceParameters }
  | { readonly kind: 'whitening'; readonly parameters: WhiteningParameters }
  | { readonly kind: 'destripe'; readonly parameters: DestripeParameters };

export type StepKind = ChainStep['kind'];

/** What each step is with SpikeInterface's (destripe: IBL's) defaults. */
export const DEFAULT_STEPS: { readonly [K in StepKind]: Extract<ChainStep, { kind: K }> } = {
  'phase-shift': { kind: 'phase-shift', parameters: {} },
  'high-pass': { kind: 'high-pass', parameters: { cutoff: 300, order: 5 } },
  'low-pass': { kind: 'low-pass', parameters: { cutoff: 300, order: 5 } },
  'band-pass': { kind: 'band-pass', parameters: { low: 300, high: 6000, order: 5 } },
  'common-reference': { kind: 'common-reference', parameters: { operator: 'median', scope: 'global', ...LOCAL_RING } },
  whitening: { kind: 'whitening', parameters: { scope: 'local', radius: 100 } },
  destripe: { kind: 'destripe', parameters: DESTRIPE },
};

/** Frames that a block holds before and after what is wanted. */
export interface Margins {
  readonly before: number;
  readonly after: number;
}

/** Frames that one step needs on each side. */
export function stepMargin(step: ChainStep, rate: number): number {
  switch (step.kind) {
    case 'phase-shift':
      return Math.trunc(SHIFT_MARGIN_SECONDS * rate);
    case 'high-pass':
      return filterMargin(step.parameters.cutoff, rate);
    case 'band-pass':
      return filterMargin(step.parameters.low, rate);
    case 'low-pass':
      return filterMargin(step.parameters.cutoff, rate);
    case 'destripe':
      return filterMargin(step.parameters.cutoff, rate) + Math.trunc((GAIN_SECONDS / 2) * rate);
    default:
      return 0;
  }
}

/** Five periods of the lowest frequency. */
function filterMargin(lowest: number, rate: number): number {
  return Math.trunc((5 * rate) / lowest + 1e-9);
}

/** Frames to read on each side of what is wanted, as far as the file goes. */
export function chainMargin(chain: readonly ChainStep[], rate: number): number {
  return chain.reduce((sum, step) => sum + stepMargin(step, rate), 0);
}

/**
 * The wanted frames of `block`, which has `margins` around them: `chainMargin` frames, or less where the recording ends.
 * Units stay, but whitened samples have none. Throws `Invalid` for an impossible filter, `Bug` for whitening without a matrix.
 */
export function applyChain(
  block: TraceBlock,
  chain: readonly ChainStep[],
  margins: Margins,
  context: ChannelContext,
): FloatBlock {
  let current: TraceBlock = block;
  let { before, after } = margins;
  for (let i = 0; i < chain.length; i++) {
    const step = chain[i]!;
    const fused = filterAfterShift(chain, i, context.rate);
    const rest = chainMargin(chain.slice(i + 1), context.rate);
    const [keepBefore, keepAfter] = [Math.min(before, rest), Math.min(after, rest)];
    const own = stepMargin(step, context.rate);
    // More than its own margin would change the result, so that a stretch would depend on what was read for another.
    const use = { before: Math.min(before - keepBefore, own), after: Math.min(after - keepAfter, own) };
    const from = before - keepBefore - use.before;
    const to = current.frames - (after - keepAfter - use.after);
    const window = framesOfBlock(current, from, to);
    before = keepBefore;
    after = keepAfter;
    if (fused) {
      // What the filter does not need of what is left is needed by those after it.
      const later = chainMargin(chain.slice(i + 2), context.rate);
      const [laterBefore, laterAfter] = [Math.min(before, later), Math.min(after, later)];
      const then = { filter: fused, before: before - laterBefore, after: after - laterAfter };
      current = shiftTapered(window, shiftsOf(context, window), { ...use, margin: own }, then);
      before = laterBefore;
      after = laterAfter;
      i++;
    } else current = applyStep(window, step, use, own, context, current !== block);
  }
  if (before === 0 && after === 0 && current !== block) return current as FloatBlock;
  return toFloatBlock(framesOfBlock(current, before, current.frames - after));
}

type FilterStep = Extract<ChainStep, { kind: 'high-pass' | 'low-pass' | 'band-pass' }>;

const isFilter = (step: ChainStep | undefined): step is FilterStep =>
  step?.kind === 'high-pass' || step?.kind === 'low-pass' || step?.kind === 'band-pass';

function sectionsOf({ kind, parameters }: FilterStep, rate: number): Sections {
  if (kind === 'band-pass')
    return butterworth(parameters.order, { type: 'bandpass', low: parameters.low, high: parameters.high }, rate);
  return butterworth(parameters.order, { type: kind === 'high-pass' ? 'highpass' : 'lowpass', cutoff: parameters.cutoff }, rate);
}

/** The filter that follows a phase shift at `i`: both work on the same series, which then are taken out once. */
function filterAfterShift(chain: readonly ChainStep[], i: number, rate: number): ZeroPhaseFilter | undefined {
  const next = chain[i + 1];
  if (chain[i]!.kind !== 'phase-shift' || !isFilter(next)) return undefined;
  const filter = zeroPhase(sectionsOf(next, rate));
  return filter.padding <= stepMargin(chain[i]!, rate) ? filter : undefined;
}

const shiftsOf = ({ sampleShifts }: ChannelContext, { channels }: TraceBlock) => sampleShifts ?? new Float64Array(channels);

function applyStep(
  block: TraceBlock,
  step: ChainStep,
  { before, after }: Margins,
  own: number,
  context: ChannelContext,
  ours: boolean,
): FloatBlock {
  switch (step.kind) {
    case 'high-pass':
    case 'low-pass':
    case 'band-pass':
      return filterBlock(block, sectionsOf(step, context.rate), before, after);
    case 'phase-shift':
      return shiftTapered(block, shiftsOf(context, block), { before, after, margin: own });
    case 'common-reference': {
      const floats = ours ? (block as FloatBlock) : toFloatBlock(block);
      subtractReference(floats, step.parameters, context);
      return floats;
    }
    case 'whitening':
      if (!context.whitening) throw new SomascopeError('Bug', 'Whitening was asked for without a whitening matrix.');
      return whitenBlock(toFloatBlock(block), context.whitening);
    case 'destripe':
      return destripe(block, step.parameters, context, before, after);
  }
}
