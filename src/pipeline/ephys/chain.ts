// The live chain: steps that turn raw samples [frame][channel] into what is shown, in the order of the list. A stretch is
// computed from itself and margins on both sides that each step consumes, as SpikeInterface does; where the file ends, less is there.
import { SomascopeError } from '../../base/errors.ts';
import { type ChannelContext, type FloatBlock, framesOfBlock, type TraceBlock, toFloatBlock } from './block.ts';
import { butterworth, type FilterBand } from './filter/butterworth.ts';
import { filterBlock } from './filter/filter-block.ts';
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
  chain.forEach((step, i) => {
    const rest = chainMargin(chain.slice(i + 1), context.rate);
    const [keepBefore, keepAfter] = [Math.min(before, rest), Math.min(after, rest)];
    const own = stepMargin(step, context.rate);
    // More than its own margin would change the result, so that a stretch would depend on what was read for another.
    const use = { before: Math.min(before - keepBefore, own), after: Math.min(after - keepAfter, own) };
    const from = before - keepBefore - use.before;
    const to = current.frames - (after - keepAfter - use.after);
    current = applyStep(framesOfBlock(current, from, to), step, use, own, context, current !== block);
    before = keepBefore;
    after = keepAfter;
  });
  if (before === 0 && after === 0 && current !== block) return current as FloatBlock;
  return toFloatBlock(framesOfBlock(current, before, current.frames - after));
}

function applyStep(
  block: TraceBlock,
  step: ChainStep,
  { before, after }: Margins,
  own: number,
  context: ChannelContext,
  ours: boolean,
): FloatBlock {
  const filtered = (order: number, band: FilterBand) => filterBlock(block, butterworth(order, band, context.rate), before, after);
  switch (step.kind) {
    case 'phase-shift':
      return shiftTapered(block, context.sampleShifts ?? new Float64Array(block.channels), { before, after, margin: own });
    case 'high-pass':
      return filtered(step.parameters.order, { type: 'highpass', cutoff: step.parameters.cutoff });
    case 'low-pass':
      return filtered(step.parameters.order, { type: 'lowpass', cutoff: step.parameters.cutoff });
    case 'band-pass':
      return filtered(step.parameters.order, { type: 'bandpass', low: step.parameters.low, high: step.parameters.high });
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
