// The edits of a calcium data set as they are remembered: all its prediction layers, their regions packed.
import { SomascopeError } from '../../../base/errors.ts';
import { getOrMake } from '../../../base/get-or-make.ts';
import type { Detection } from '../shared/detection.ts';
import type { FrameShifts } from '../shared/motion.ts';
import { leaveBlind } from './blind-set.ts';
import { type CalciumDataset, layersOf } from './datasets.ts';
import { type DetectionParameters, parametersOf, readParameters, rememberParameters } from './detection-parameters.ts';
import { commit, doneSteps, newLayerId } from './history.ts';
import { LAYER_COLOURS, type Layer, type LayerSet } from './layer-set.ts';
import { moveFrames, shiftsOf } from './motion.ts';
import { type PackedDetections, packDetections, unpackDetections } from './packed.ts';

interface KeptLayer extends Layer {
  readonly regions: PackedDetections;
  /** Of a layer that was detected. */
  readonly detected?: DetectionParameters;
}

interface KeptEdits {
  readonly current: string | null;
  readonly layers: readonly KeptLayer[];
  /** Names of the steps that led here, for recipes. */
  readonly done: readonly string[];
  /** Where motion is corrected: px, one a frame. */
  readonly shifts?: FrameShifts;
}

const packed = new WeakMap<readonly Detection[], PackedDetections>();
const last = new WeakMap<
  CalciumDataset,
  { readonly set: LayerSet; readonly shifts: FrameShifts | null; readonly edits: KeptEdits }
>();

/** The same object until a layer or its regions change. */
export function keptEdits(dataset: CalciumDataset): KeptEdits {
  // Whoever labels blind has the layers of others out of sight, not out of the world.
  const set = leaveBlind(layersOf(dataset));
  const known = last.get(dataset);
  const shifts = shiftsOf(dataset);
  if (known && known.shifts === shifts && isSame(known.set, set)) return known.edits;
  const layers = set.layers.map((layer) => {
    const list = set.lists[layer.id] ?? [];
    const detected = parametersOf(list);
    return { ...layer, regions: getOrMake(packed, list, () => packDetections(list)), ...(detected && { detected }) };
  });
  const edits = { current: set.current, layers, done: doneSteps(dataset), ...(shifts && { shifts }) };
  last.set(dataset, { set, shifts, edits });
  return edits;
}

/** The cut of the current layer lies in the view, which is written with every change. */
function isSame(a: LayerSet, b: LayerSet): boolean {
  const told = ({ layers, current }: LayerSet) =>
    JSON.stringify([current, layers.map(({ confidence: _, foundDiameter: __, ...layer }) => layer)]);
  return told(a) === told(b) && a.layers.every(({ id }) => a.lists[id] === b.lists[id]);
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function invalid(why: string): SomascopeError {
  return new SomascopeError('Invalid', `The layers that were saved cannot be used: ${why}.`, {}, 'What is open stays as it is.');
}

/** Puts the motion correction back, and all layers as one step of Undo; throws `Invalid` where they do not fit the movie. */
export function putBack(dataset: CalciumDataset, edits: unknown, step: string): void {
  const { current, layers, shifts, done } = isRecord(edits) ? edits : {};
  if (!Array.isArray(layers)) throw invalid('there is no list of them');
  const moved = readShifts(shifts, dataset.files.movie.frames);
  putLayersBack(dataset, { layers, current, done: readDone(done) }, step);
  moveFrames(dataset, moved);
}

/** Null where frames are as recorded. */
export function readShifts(shifts: unknown, frames: number): FrameShifts | null {
  if (shifts === undefined) return null;
  const { rows, cols } = isRecord(shifts) ? shifts : {};
  const fits = (values: unknown): values is Float32Array<ArrayBuffer> =>
    values instanceof Float32Array && values.length === frames && values.every(Number.isFinite);
  if (!fits(rows) || !fits(cols)) throw invalid('their motion correction does not fit the frames');
  return { rows, cols };
}

/** Undefined where an earlier version of the page did not write them. */
function readDone(done: unknown): readonly string[] | undefined {
  if (done === undefined) return undefined;
  if (!Array.isArray(done) || !done.every((name): name is string => typeof name === 'string')) {
    throw invalid('the names of their steps are none');
  }
  return done;
}

interface ReadSet {
  readonly layers: readonly unknown[];
  readonly current: unknown;
  readonly done: readonly string[] | undefined;
}

function putLayersBack(dataset: CalciumDataset, { layers, current, done }: ReadSet, step: string): void {
  // From nothing to nothing is no step.
  if (layers.length === 0 && layersOf(dataset).layers.length === 0) return;
  const read = layers.map((one: unknown) => readLayer(one, dataset));
  // Ids are given anew, so that none is one that this visit has used.
  const ids = read.map(() => newLayerId(dataset));
  const at = layers.findIndex((one: unknown) => isRecord(one) && one['id'] === current);
  const next = {
    layers: read.map(({ layer }, i) => ({ ...layer, id: ids[i]! })),
    current: ids[at] ?? ids[0] ?? null,
    lists: Object.fromEntries(read.map(({ list }, i) => [ids[i], list])),
  };
  commit(dataset, step, next, done);
}

const ROLES: readonly Layer['role'][] = ['predictions', 'second grader'];

function readLayer(
  one: unknown,
  { info }: CalciumDataset,
): { readonly layer: Omit<Layer, 'id'>; readonly list: readonly Detection[] } {
  const { name, source, visible, confidence, foundDiameter, regions, detected, ...rest } = isRecord(one) ? one : {};
  const colour = LAYER_COLOURS.find((known) => known === rest['colour']);
  const role = ROLES.find((known) => known === rest['role']);
  const isText = typeof name === 'string' && typeof source === 'string' && typeof visible === 'boolean';
  const isNumber = typeof confidence === 'number' && (foundDiameter === null || typeof foundDiameter === 'number');
  if (!isText || !isNumber || !colour || !role) throw invalid('one lacks its name, colour or confidence');
  const layer = { name, source, visible, colour, role, confidence, foundDiameter };
  const list = unpackDetections(regions, info.movie);
  if (detected !== undefined) {
    const parameters = readParameters(detected);
    if (!parameters) throw invalid('the parameters of a detection are none');
    rememberParameters(list, parameters);
  }
  return { layer, list };
}
