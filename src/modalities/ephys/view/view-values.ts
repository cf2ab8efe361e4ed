// The view of an ephys data set as short texts, for links and for what is remembered. Whatever cannot be read counts as left out.
import type { LinkValues } from '../../../base/kept.ts';
import { CHAIN_START, type ChainSettings, chainKey, STEP_KINDS, type StepKind, stepsOn } from '../shared/chain.ts';
import { sortingId } from '../shared/found.ts';
import type { EphysInfo } from '../shared/info.ts';
import type { EphysDataset } from './datasets.ts';
import { DEFINITIONS, type EphysState, MODES, PRESETS, SIDES, TABS } from './store.ts';

export function viewValues({ store, rate, info }: EphysDataset): LinkValues {
  const { from, span, mode, side, selected, sorting, other, chain, tab, preset, definitions, order, firstRow, rows, brush } =
    store.getState();
  return {
    time: String(Number((from / rate).toFixed(6))),
    window: String(Number((span / rate).toFixed(6))),
    rows: `${firstRow},${rows}`,
    ...(info.sortings[sorting] && sorting > 0 ? { sorting: sortingId(info.sortings[sorting]) } : {}),
    ...(other !== null && info.sortings[other] ? { compare: sortingId(info.sortings[other]) } : {}),
    ...(selected.length > 0 ? { unit: selected.join(',') } : {}),
    ...(mode === 'lines' ? {} : { mode }),
    ...(side === 'result' ? {} : { side }),
    ...(chainKey(chain) === chainKey(CHAIN_START)
      ? {}
      : { chain: `${stepsOn(chain).join('+') || 'none'},${chain.low},${chain.high},${chain.operator},${chain.scope}` }),
    ...(tab === 'drift' ? {} : { tab }),
    ...(preset === 'allen' ? {} : { preset }),
    ...(definitions === 'corrected' ? {} : { definitions }),
    ...(order === 'depth' ? {} : { order }),
    ...(brush ? { brush: `${brush.from},${brush.to}` } : {}),
  };
}

export type ReadView = Partial<EphysState>;

const indexOf = ({ sortings }: Pick<EphysInfo, 'sortings'>, id: string | undefined): number =>
  id === undefined ? -1 : sortings.findIndex((found) => sortingId(found) === id);

/** Sortings that the view shows and the data set does not have. */
export function missingSortings(info: Pick<EphysInfo, 'sortings'>, { sorting, compare }: LinkValues): string[] {
  return [sorting, compare].flatMap((id) => (id !== undefined && indexOf(info, id) < 0 ? [id] : []));
}

const number = (text: string | undefined, low: number, high: number): number | undefined => {
  if (text === undefined || text.trim() === '') return undefined;
  const value = Number(text);
  return Number.isFinite(value) && value >= low && value <= high ? value : undefined;
};

function pair(text: string | undefined, low: number, high: number): [number, number] | undefined {
  const [a, b] = (text ?? '').split(',').map((part) => number(part, low, high));
  return a === undefined || b === undefined ? undefined : [a, b];
}

const oneOf = <T extends string>(text: string | undefined, choices: readonly T[]): T | undefined =>
  choices.find((choice) => choice === text);

export function readView({ rate, frames, info, electrodes }: EphysDataset, values: LinkValues): ReadView {
  const length = frames / rate || 1e9;
  const span = number(values['window'], 0, length);
  const time = number(values['time'], 0, length);
  const rows = pair(values['rows'], 0, electrodes.count);
  const brush = pair(values['brush'], 0, length);
  const units = values['unit']?.split(',').map((part) => number(part, 0, 2 ** 31));
  const sorting = indexOf(info, values['sorting']);
  const other = indexOf(info, values['compare']);
  // Of another sorting they are other units.
  const isTheirs = values['sorting'] === undefined || sorting >= 0;
  const chain = readChain(values['chain'], rate);
  const mode = oneOf(values['mode'], MODES);
  const side = oneOf(values['side'], SIDES);
  const tab = oneOf(values['tab'], TABS);
  const preset = oneOf(values['preset'], PRESETS);
  const definitions = oneOf(values['definitions'], DEFINITIONS);
  const order = oneOf(values['order'], ['depth', 'file'] as const);
  const wide = span === undefined ? undefined : Math.max(2, span * rate);
  return {
    ...(wide !== undefined && { span: wide }),
    ...(time !== undefined && { from: frames > 0 ? Math.max(0, Math.min(time * rate, frames - (wide ?? 2))) : time * rate }),
    ...(rows &&
      rows[1] >= 1 &&
      rows[0] + rows[1] <= electrodes.count && { firstRow: Math.floor(rows[0]), rows: Math.floor(rows[1]) }),
    ...(brush && brush[0] < brush[1] && { brush: { from: brush[0], to: brush[1] } }),
    ...(isTheirs && units?.every((id) => id !== undefined) && { selected: units }),
    ...(sorting > 0 && { sorting }),
    ...(isTheirs && other >= 0 && other !== Math.max(0, sorting) && { other }),
    ...(chain && { chain }),
    ...(mode && { mode }),
    ...(side && { side }),
    ...(tab && { tab }),
    ...(preset && { preset }),
    ...(definitions && { definitions }),
    ...(order && { order }),
  };
}

/** "phase-shift+band-pass,300,6000,median,global": steps that are named are on, in that order; the others follow, off. */
function readChain(text: string | undefined, rate: number): ChainSettings | undefined {
  const [names, lowText, highText, operatorText, scopeText] = (text ?? '').split(',');
  const low = number(lowText, 0.1, rate / 2);
  const high = number(highText, 0.1, rate / 2);
  const operator = oneOf(operatorText, ['median', 'mean'] as const);
  const scope = oneOf(scopeText, ['global', 'local'] as const);
  const kinds = names === 'none' ? [] : (names ?? '').split('+').map((name) => oneOf<StepKind>(name, STEP_KINDS));
  if (low === undefined || high === undefined || low >= high || !operator || !scope || kinds.includes(undefined))
    return undefined;
  const on = [...new Set(kinds as StepKind[])];
  const off = CHAIN_START.steps.map(({ kind }) => kind).filter((kind) => !on.includes(kind));
  return {
    low,
    high,
    operator,
    scope,
    steps: [...on.map((kind) => ({ kind, on: true })), ...off.map((kind) => ({ kind, on: false }))],
  };
}
