// What is remembered of a volume between visits, and its view as a link: the place, the look, what is shown; and the work on its voxels.
import type { Keeper, LinkValues } from '../../../base/kept.ts';
import { shapeText, type Triple } from '../../../base/volume.ts';
import type { OpenDataset } from '../../modality.ts';
import { PLANES } from '../shared/planes.ts';
import { METHODS, USUAL_SETTINGS } from '../shared/segment-types.ts';
import { openVolume } from './activate.ts';
import type { VolumeDataset } from './datasets.ts';
import { keptWork, putBack, readWork, workSummary } from './kept-work.ts';
import { looksIn, looksText, putLooks } from './looks.ts';
import { goTo } from './move.ts';
import type { Layer, VolumeState } from './store.ts';

const KEPT = [
  'position',
  'plane',
  'cutout',
  'camera',
  'contrast',
  'overlay',
  'chosenClass',
  'hidden',
  'solo',
  'slab',
  'tilt',
  'turn',
  'volumeMode',
  'slicesIn3d',
  'task',
  'blocks',
  'scoreStyle',
  'swipe',
  'maximised',
  'voxelSize',
  'crosshair',
  'scaleBar',
  'segment',
  'brush',
  'brushSize',
  'measure',
] as const;

/** The roles, axes and looks of the layers. */
const LAYERS = 'layers';

export function keeperOf(opened: OpenDataset): Keeper {
  const dataset = openVolume(opened);
  const { store } = dataset;
  const usual = store.getState();
  const usualValues = valuesOf(usual);
  const own = (layers: readonly Layer[]) => {
    const looks = looksText(layers, usual.layers);
    const values = Object.entries(valuesOf(store.getState())).filter(([key, text]) => text !== usualValues[key]);
    return { ...Object.fromEntries(values), ...(looks && { [LAYERS]: looks }) };
  };
  return {
    name: dataset.name,
    facts: shapeText(dataset.shape),
    take: () => {
      const { position, layers } = store.getState();
      const summary = workSummary(dataset) || `at ${[...position].reverse().join(', ')}`;
      return { summary, edits: keptWork(dataset), view: own(layers) };
    },
    restore: ({ edits, view }, step) => {
      const work = readWork(edits, dataset);
      const values = textsIn(view);
      follow(dataset, values);
      if (work) putBack(dataset, work, looksIn(parsed(values[LAYERS] ?? '')), step);
    },
    // A link knows the files of the data set, and nothing of what was made here.
    values: () => own(store.getState().layers.filter(({ origin }) => origin === 'file')),
    follow: (values) => follow(dataset, values),
    watch: (onChange) =>
      store.subscribe((now, before) => {
        if (now.kept !== before.kept) return onChange(true);
        const isChosen = KEPT.some((key) => now[key] !== before[key] && !(key === 'contrast' && !now.contrast?.locked));
        if (isChosen || (now.layers !== before.layers && looksText(now.layers, before.layers))) onChange(false);
      }),
  };
}

function valuesOf(state: VolumeState): Record<string, string> {
  const isOwn = (key: (typeof KEPT)[number]) => key !== 'contrast' || (state.contrast?.locked ?? false);
  return Object.fromEntries(KEPT.filter(isOwn).map((key) => [key, JSON.stringify(rounded(state[key]))]));
}

/** Four decimals are more than a picture shows, and keep a link short. */
function rounded(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'number' ? Math.round(inner * 1e4) / 1e4 : inner)) ??
      'null',
  );
}

function textsIn(view: unknown): LinkValues {
  if (typeof view !== 'object' || view === null) return {};
  return Object.fromEntries(Object.entries(view).filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
}

const isNumber = (value: unknown, low = -1e9, high = 1e9): value is number =>
  typeof value === 'number' && value >= low && value <= high;
const isTriple = (value: unknown): value is Triple =>
  Array.isArray(value) && value.length === 3 && value.every((one) => isNumber(one));
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const oneOf =
  (...words: readonly unknown[]) =>
  (value: unknown) =>
    words.includes(value);

function isSettings(value: Record<string, unknown>): boolean {
  return Object.entries(USUAL_SETTINGS).every(([key, usual]) =>
    key === 'method' ? METHODS.some((method) => method === value[key]) : typeof value[key] === typeof usual,
  );
}

/** A link may say anything: what is wrong is left as it is. */
const CHECKS: Readonly<Record<(typeof KEPT)[number], (value: unknown) => boolean>> = {
  position: isTriple,
  plane: oneOf(...PLANES),
  cutout: (value) => value === null || typeof value === 'string',
  camera: (value) => value === null || (isRecord(value) && isTriple(value.centre) && isNumber(value.zoom, 0.01, 64)),
  contrast: (value) =>
    isRecord(value) &&
    isNumber(value.low) &&
    isNumber(value.high) &&
    isNumber(value.gamma, 0.1, 10) &&
    oneOf('gray', 'viridis', 'magma', 'cividis')(value.map),
  overlay: oneOf('classes', 'errors', 'none'),
  chosenClass: (value) => value === null || isNumber(value, 0, 1e6),
  hidden: (value) => Array.isArray(value) && value.every((one) => isNumber(one, 0)),
  solo: (value) => value === null || isNumber(value, 0),
  slab: (value) => isRecord(value) && isNumber(value.planes, 1, 200) && oneOf('mean', 'maximum', 'minimum')(value.projection),
  tilt: (value) => isRecord(value) && isNumber(value.across, -90, 90) && isNumber(value.down, -90, 90),
  turn: (value) => isRecord(value) && isNumber(value.yaw) && isNumber(value.pitch, -2, 2) && isNumber(value.zoom, 0.2, 6),
  volumeMode: oneOf('surfaces', 'maximum', 'cloud'),
  slicesIn3d: oneOf(true, false),
  task: oneOf('all', '4-class', '3-class'),
  blocks: oneOf('2-D', '3-D reference', '3-D clean'),
  scoreStyle: oneOf('corrected', 'published'),
  swipe: (value) => value === null || isNumber(value, 0, 1),
  maximised: oneOf(null, ...PLANES, '3d'),
  voxelSize: (value) => isTriple(value) && value.every((edge) => edge > 0),
  crosshair: oneOf(true, false),
  scaleBar: oneOf(true, false),
  segment: (value) => isRecord(value) && isSettings(value),
  brush: (value) => isNumber(value, 0, 254),
  brushSize: (value) => isNumber(value, 1, 1000),
  measure: (value) => Array.isArray(value) && value.length <= 3 && value.every(isTriple),
};

function follow(dataset: VolumeDataset, values: LinkValues): void {
  const change: Record<string, unknown> = {};
  for (const key of KEPT) {
    const text = values[key];
    if (text === undefined) continue;
    const value = parsed(text);
    if (value !== undefined && CHECKS[key](value)) change[key] = value;
  }
  // Before the position, which is one on these axes.
  putLooks(dataset, looksIn(parsed(values[LAYERS] ?? '')));
  const { position, cutout, ...rest } = change;
  const known = cutout === null || dataset.info.cutouts.some(({ name }) => name === cutout);
  dataset.store.setState({
    ...(rest as Partial<VolumeState>),
    ...('cutout' in change && known ? { cutout: cutout as string | null } : {}),
  });
  if (isTriple(position)) goTo(dataset, position);
  if ('voxelSize' in change) dataset.store.setState({ voxelKnown: true });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not ours: the value stays as it is.
    return undefined;
  }
}
