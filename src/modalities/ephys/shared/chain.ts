// The live chain as the view holds it: each step on or off, in an order that can be changed. The same kinds and parameters as
// `pipeline/ephys/chain.ts`, whose defaults these are.

export const STEP_KINDS = ['phase-shift', 'high-pass', 'band-pass', 'common-reference', 'whitening', 'destripe'] as const;
export type StepKind = (typeof STEP_KINDS)[number];

export interface StepChoice {
  readonly kind: StepKind;
  readonly on: boolean;
}

export const STEP_TITLES: Readonly<Record<StepKind, string>> = {
  'phase-shift': 'Phase shift',
  'high-pass': 'High-pass',
  'band-pass': 'Band-pass',
  'common-reference': 'Common reference',
  whitening: 'Whitening',
  destripe: 'Destripe',
};

export interface ChainSettings {
  readonly steps: readonly StepChoice[];
  /** Hz. */
  readonly low: number;
  readonly high: number;
  readonly operator: 'median' | 'mean';
  readonly scope: 'global' | 'local';
}

export const CHAIN_START: ChainSettings = {
  steps: [
    { kind: 'phase-shift', on: true },
    { kind: 'high-pass', on: false },
    { kind: 'band-pass', on: true },
    { kind: 'common-reference', on: true },
    { kind: 'whitening', on: false },
    { kind: 'destripe', on: false },
  ],
  low: 300,
  high: 6000,
  operator: 'median',
  scope: 'global',
};

/** No step: the samples as they were recorded, in µV. */
export const RAW_CHAIN: ChainSettings = { ...CHAIN_START, steps: [] };

export function stepsOn({ steps }: ChainSettings): StepKind[] {
  return steps.filter(({ on }) => on).map(({ kind }) => kind);
}

/** Two chains with the same key compute the same. */
export function chainKey(chain: ChainSettings): string {
  const on = stepsOn(chain);
  return on.length === 0 ? 'raw' : `${on.join('+')} ${chain.low} ${chain.high} ${chain.operator} ${chain.scope}`;
}

/** Switches a step; band-pass, high-pass and destripe each filter along time, so one of them takes the place of the others. */
export function switchStep(chain: ChainSettings, kind: StepKind, on: boolean): ChainSettings {
  const filters: readonly StepKind[] = ['high-pass', 'band-pass', 'destripe'];
  const isFilter = on && filters.includes(kind);
  const steps = chain.steps.map((step) =>
    step.kind === kind ? { kind, on } : isFilter && filters.includes(step.kind) ? { ...step, on: false } : step,
  );
  return { ...chain, steps };
}

/** Moves a step one place up (−1) or down (1). */
export function moveStep(chain: ChainSettings, kind: StepKind, by: -1 | 1): ChainSettings {
  const steps = [...chain.steps];
  const at = steps.findIndex((step) => step.kind === kind);
  const other = steps[at + by];
  if (!other) return chain;
  steps[at + by] = steps[at]!;
  steps[at] = other;
  return { ...chain, steps };
}
