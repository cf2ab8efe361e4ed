// The view of a calcium data set as short texts, for links and for what is remembered between visits; what is as usual is left out.
// Whatever cannot be read counts as left out.
import type { LinkValues } from '../../../base/kept.ts';
import { TRACE_METHODS } from '../shared/traces.ts';
import { type CalciumState, type Contrast, type LayerName, type ResultClass, VIEWS } from './store.ts';

/** The parts of the state that a person chose. */
export type ChosenView = Pick<
  CalciumState,
  | 'view'
  | 'frame'
  | 'camera'
  | 'contrast'
  | 'show'
  | 'classes'
  | 'colourBy'
  | 'selection'
  | 'threshold'
  | 'confidence'
  | 'tab'
  | 'deltaF'
  | 'smoothing'
  | 'blinkWith'
  | 'speed'
  | 'loop'
  | 'everyFrame'
  | 'diameter'
  | 'foundDiameter'
  | 'sensitivity'
  | 'labels'
  | 'traceMethod'
>;

interface Field<T> {
  readonly name: string;
  write(value: T): string;
  /** Undefined for a text that is none of its. */
  read(text: string): T | undefined;
}

function oneOf<T extends string>(name: string, choices: readonly T[]): Field<T> {
  return { name, write: (value) => value, read: (text) => choices.find((choice) => choice === text) };
}

/** A number within limits; `null`, where it is allowed, is called `none`. */
function numeric<T extends number | null>(name: string, low: number, high: number, none = ''): Field<T> {
  const read = (text: string) => {
    if (none && text === none) return null as T;
    const value = Number(text);
    return text.trim() !== '' && value >= low && value <= high ? (value as T) : undefined;
  };
  return { name, write: (value) => (value === null ? none : String(value)), read };
}

function yesNo(name: string): Field<boolean> {
  return {
    name,
    write: (value) => (value ? 'yes' : 'no'),
    read: (text) => (text === 'yes' ? true : text === 'no' ? false : undefined),
  };
}

/** Which of a few things are on, in the order of `keys`. */
function switches<K extends string>(name: string, keys: readonly K[]): Field<Readonly<Record<K, boolean>>> {
  return {
    name,
    write: (value) => keys.filter((key) => value[key]).join(','),
    read: (text) => {
      const on = text === '' ? [] : text.split(',');
      if (!on.every((word) => keys.some((key) => key === word))) return undefined;
      return Object.fromEntries(keys.map((key) => [key, on.includes(key)])) as Record<K, boolean>;
    },
  };
}

const numbersIn = (text: string, count: number): number[] | undefined => {
  const values = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  return values.length === count && values.every(Number.isFinite) ? values : undefined;
};

const camera: Field<CalciumState['camera']> = {
  name: 'at',
  write: (value) => (value ? [value.row, value.col, value.zoom].join(',') : 'fit'),
  read: (text) => {
    if (text === 'fit') return null;
    const [row, col, zoom] = numbersIn(text, 3) ?? [];
    return zoom !== undefined && zoom > 0 ? { row: row!, col: col!, zoom } : undefined;
  },
};

const LAYERS: readonly LayerName[] = ['truth', 'predictions'];

const selection: Field<CalciumState['selection']> = {
  name: 'select',
  write: (value) => (value ? `${value.layer},${value.index}` : 'none'),
  read: (text) => {
    if (text === 'none') return null;
    const [word, number] = text.split(',');
    const layer = LAYERS.find((one) => one === word);
    return layer && /^\d{1,9}$/.test(number ?? '') ? { layer, index: Number(number) } : undefined;
  },
};

const MAPS: readonly Contrast['map'][] = ['gray', 'viridis', 'magma', 'cividis'];

/** `mean:200,1200,1,gray;max:auto,0.5,magma`: limits are told only where the person locked them, else they are found anew. */
const contrast: Field<CalciumState['contrast']> = {
  name: 'contrast',
  write: (value) =>
    Object.entries(value)
      .flatMap(([view, one]) => {
        if (!one) return [];
        const look = `${one.gamma},${one.map}`;
        if (one.locked) return [`${view}:${one.low},${one.high},${look}`];
        return look === '1,gray' ? [] : [`${view}:auto,${look}`];
      })
      .sort()
      .join(';'),
  read: (text) => {
    const entries = text.split(';').flatMap((part): [string, Contrast][] => {
      const [, view, limits, gamma, map] = /^([^:;]{1,40}):(auto|[^,]+,[^,]+),([^,]+),([a-z]+)$/.exec(part) ?? [];
      const known = MAPS.find((one) => one === map);
      const [low, high] = limits === 'auto' ? [0, 1] : (numbersIn(limits ?? '', 2) ?? []);
      const bend = Number(gamma);
      if (!view || !known || high === undefined || !(high > low!) || !(bend >= 0.1 && bend <= 10)) return [];
      return [[view, { low: low!, high, gamma: bend, map: known, locked: limits !== 'auto' }]];
    });
    return Object.fromEntries(entries);
  },
};

const CLASSES: readonly ResultClass[] = ['matched', 'extra', 'missed'];
const MANY = 1e9;

const FIELDS: { readonly [K in keyof ChosenView]: Field<ChosenView[K]> } = {
  view: oneOf('view', VIEWS),
  frame: numeric('frame', 0, MANY),
  camera,
  contrast,
  show: switches('show', ['truth', 'predictions', 'fill']),
  classes: switches('classes', CLASSES),
  colourBy: oneOf('colour', ['result', 'layer']),
  selection,
  threshold: numeric('threshold', 0, MANY),
  confidence: numeric('confidence', 0, MANY),
  tab: oneOf('tab', ['traces', 'transients', 'scores', 'compare', 'mistakes', 'about']),
  deltaF: yesNo('dff'),
  smoothing: numeric('smoothing', 1, 99),
  blinkWith: oneOf('blink', VIEWS),
  speed: numeric('speed', 0.01, 100),
  loop: yesNo('loop'),
  everyFrame: yesNo('every'),
  diameter: numeric('diameter', 1, 1000, 'auto'),
  foundDiameter: numeric('found', 0, 1000, 'none'),
  sensitivity: numeric('sensitivity', 0, 1),
  labels: oneOf('labels', ['both', 'active', 'visible']),
  traceMethod: oneOf('traces', TRACE_METHODS),
};

/** In the order in which a link tells them. */
export const CHOSEN = Object.keys(FIELDS) as (keyof ChosenView)[];

function writeField<K extends keyof ChosenView>(key: K, state: ChosenView): [name: string, text: string] {
  const field: Field<ChosenView[K]> = FIELDS[key];
  return [field.name, field.write(state[key])];
}

/** The values of `state` that differ from those of `usual`. */
export function viewValues(state: ChosenView, usual: ChosenView): LinkValues {
  const told = CHOSEN.map((key) => writeField(key, state)).filter(([, text], i) => text !== writeField(CHOSEN[i]!, usual)[1]);
  return Object.fromEntries(told);
}

function readField<K extends keyof ChosenView>(key: K, values: LinkValues, usual: ChosenView): ChosenView[K] {
  const field: Field<ChosenView[K]> = FIELDS[key];
  const text = Object.hasOwn(values, field.name) ? values[field.name] : undefined;
  const found = text === undefined ? undefined : field.read(text);
  return found === undefined ? usual[key] : found;
}

/** All that was chosen, as `values` says it; the rest as in `usual`. */
export function chosenView(values: LinkValues, usual: ChosenView): ChosenView {
  return Object.fromEntries(CHOSEN.map((key) => [key, readField(key, values, usual)])) as unknown as ChosenView;
}
