// The work on a volume as it is remembered: scribbles, what was learnt from them, and every layer of labels whose voxels are no file's
// of this data set.
import { SomascopeError } from '../../../base/errors.ts';
import { grouped } from '../../../base/number-format.ts';
import { shapeText, type Triple, type VolumeRole, voxelsOf } from '../../../base/volume.ts';
import { resources } from '../../../state/resources.ts';
import { type BrickRuns, LabelBricks } from '../shared/label-bricks.ts';
import { CONVENTIONS } from '../shared/label-conventions.ts';
import { unpackRuns } from '../shared/runs.ts';
import { isClassifier } from '../shared/segment-types.ts';
import { type HeldLabels, NO_SCRIBBLE, putVoxels, scribblesKey, scribblesOf, type VolumeDataset, voxelsKey } from './datasets.ts';
import { noteStep } from './history.ts';
import type { Looks } from './looks.ts';
import { countScribbles } from './scribbles.ts';
import { type Learnt, learntOf, setLearnt } from './segmenting.ts';
import { bump, changeLayer, type Layer, layerById } from './store.ts';
import { isPacking, isTouched, type PackedRuns, packedRuns, SCRIBBLES, touch, untouch } from './work.ts';

type KeptLayer = Pick<Layer, 'id' | 'name' | 'role' | 'kind' | 'convention' | 'origin'> & { readonly runs: PackedRuns };

interface KeptWork {
  readonly shape: Triple;
  readonly scribbles: PackedRuns | null;
  readonly layers: readonly KeptLayer[];
  readonly learnt: Learnt | null;
}

const last = new WeakMap<VolumeDataset, KeptWork>();

/** The same object until something of it changes; null where nothing was done. */
export function keptWork(dataset: VolumeDataset): KeptWork | null {
  if (isPacking(dataset)) return last.get(dataset) ?? null;
  const runs = packedRuns(dataset);
  const layers = dataset.store.getState().layers.flatMap((layer): KeptLayer[] => {
    const found = layer.role === 'image' ? undefined : runs.get(layer.id);
    const { id, name, role, kind, convention, origin } = layer;
    return found ? [{ id, name, role, kind, convention, origin, runs: found }] : [];
  });
  const work: KeptWork = { shape: dataset.shape, scribbles: runs.get(SCRIBBLES) ?? null, layers, learnt: learntOf(dataset) };
  const known = last.get(dataset);
  if (known && isSame(known, work)) return known;
  if (!known && layers.length === 0 && !work.scribbles && !work.learnt) return null;
  last.set(dataset, work);
  return work;
}

function isSame(a: KeptWork, b: KeptWork): boolean {
  const facts = ({ shape, layers }: KeptWork) => JSON.stringify([shape, layers.map(({ runs: _, ...one }) => one)]);
  const isOfSame = a.scribbles === b.scribbles && a.learnt === b.learnt;
  return isOfSame && facts(a) === facts(b) && a.layers.every(({ runs }, i) => runs === b.layers[i]!.runs);
}

/** "2 layers, 310 voxels scribbled, a trained classifier"; '' where nothing was done. */
export function workSummary(dataset: VolumeDataset): string {
  const count = keptWork(dataset)?.layers.length ?? 0;
  let scribbled = 0;
  for (const voxels of countScribbles(scribblesOf(dataset)).values()) scribbled += voxels;
  return [
    ...(count > 0 ? [count === 1 ? '1 layer' : `${count} layers`] : []),
    ...(scribbled > 0 ? [`${grouped(scribbled)} voxels scribbled`] : []),
    ...(learntOf(dataset) ? ['a trained classifier'] : []),
  ].join(', ');
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

interface ReadWork {
  readonly kept: KeptWork;
  readonly scribbles: LabelBricks | null;
  readonly layers: readonly { readonly layer: Omit<KeptLayer, 'runs'>; readonly data: HeldLabels }[];
}

/** null where nothing was kept. Throws `Invalid` for what this page would not have kept of this volume. */
export function readWork(edits: unknown, { shape }: Pick<VolumeDataset, 'shape'>): ReadWork | null {
  if (edits === null || edits === undefined) return null;
  const { shape: own, scribbles, layers, learnt } = isRecord(edits) ? edits : {};
  if (!Array.isArray(layers) || !Array.isArray(own)) throw invalid('there is no list of layers');
  if (voxelsOf(own as unknown as Triple) !== voxelsOf(shape))
    throw invalid(`it is of ${shapeText(own)} voxels, and this volume has ${shapeText(shape)}`);
  const marks = scribbles ? readMarks(scribbles, shape) : null;
  const kept: KeptWork = { ...(edits as KeptWork), learnt: readLearnt(learnt) };
  return { kept, scribbles: marks, layers: layers.map((one: unknown) => readLayer(one, shape)) };
}

const ROLES: readonly VolumeRole[] = ['truth', 'prediction'];
const KINDS: readonly Layer['kind'][] = ['microstructure', 'regions', 'other'];
const ORIGINS: readonly Layer['origin'][] = ['file', 'dropped', 'made', 'kept'];

function readLayer(one: unknown, shape: Triple): ReadWork['layers'][number] {
  const { id, name, convention, runs, ...rest } = isRecord(one) ? one : {};
  const role = ROLES.find((known) => known === rest['role']);
  const kind = KINDS.find((known) => known === rest['kind']);
  const origin = ORIGINS.find((known) => known === rest['origin']);
  const isKnown = convention === 'other' || CONVENTIONS.some((known) => known.id === convention);
  if (typeof id !== 'string' || typeof name !== 'string' || typeof convention !== 'string' || !isKnown)
    throw invalid('a layer lacks its name or its classes');
  if (!role || !kind || !origin) throw invalid(`${name} lacks its role`);
  return { layer: { id, name, role, kind, convention, origin }, data: unpackHeld(runs, shape, 0) };
}

/** One array where it was kept so: of bricks those there were. */
function unpackHeld(runs: unknown, shape: Triple, empty: number): HeldLabels {
  const isBricks = isRecord(runs) && Array.isArray(runs['bricks']);
  return isBricks ? LabelBricks.unpack(runs as unknown as BrickRuns, shape, empty) : unpackRuns(runs, voxelsOf(shape));
}

/** Earlier versions kept scribbles as one array. */
function readMarks(runs: unknown, shape: Triple): LabelBricks {
  const held = unpackHeld(runs, shape, NO_SCRIBBLE);
  if (held instanceof LabelBricks) return held;
  if (!(held instanceof Uint8Array)) throw invalid('the scribbles have more than 255 classes');
  const marks = new LabelBricks(shape, NO_SCRIBBLE);
  for (const [place, label] of held.entries()) if (label !== NO_SCRIBBLE) marks.put(place, label);
  return marks;
}

/** What was kept before classifiers were has none. */
function readLearnt(learnt: unknown): Learnt | null {
  if (learnt === null || learnt === undefined) return null;
  const { classifier, from } = isRecord(learnt) ? learnt : {};
  if (typeof from !== 'string' || !isClassifier(classifier)) throw invalid('what was learnt is no classifier');
  return { classifier, from };
}

function invalid(why: string): SomascopeError {
  return new SomascopeError('Invalid', `The work that was saved cannot be used: ${why}.`, {}, 'What is open stays as it is.');
}

/** What there is that no file of the data set holds: layers, and the voxels of each and of files that were painted. */
interface Standing {
  readonly layers: readonly Layer[];
  readonly voxels: ReadonlyMap<string, HeldLabels>;
  readonly scribbles: LabelBricks | undefined;
  readonly learnt: Learnt | null;
}

function standing(dataset: VolumeDataset): Standing {
  const { layers } = dataset.store.getState();
  const touched = layers.filter(({ id, origin }) => origin !== 'file' || isTouched(dataset, id));
  const voxels = new Map<string, HeldLabels>();
  for (const { id } of touched) {
    const data = resources.get<HeldLabels>(voxelsKey(dataset, id));
    if (data) voxels.set(id, data);
  }
  return {
    layers: touched.filter(({ origin }) => origin !== 'file'),
    voxels,
    scribbles: scribblesOf(dataset),
    learnt: learntOf(dataset),
  };
}

let brought = 0;

/** Puts the work back in place of what there is, as one step of Undo. `looks` are told by the ids that the layers had. */
export function putBack(dataset: VolumeDataset, { kept, scribbles, layers }: ReadWork, looks: Looks, step: string): void {
  const before = standing(dataset);
  const isEmpty = ({ voxels, scribbles: marks, learnt }: Standing) =>
    voxels.size === 0 && countScribbles(marks).size === 0 && learnt === null;
  // Ids are given anew, so that none is one that this visit has used; painted layers of the files stay what they are.
  const placed = layers.map(({ layer, data }) => {
    const found = layer.origin === 'file' ? layerById(dataset.store.getState(), layer.id) : undefined;
    const own = found?.name === layer.name ? found : undefined;
    return { made: own ?? { ...newLayer(dataset, layer, `kept${++brought}`), ...looks.get(layer.id) }, data };
  });
  const after: Standing = {
    layers: placed.map(({ made }) => made).filter(({ origin }) => origin !== 'file'),
    voxels: new Map(placed.map(({ made, data }) => [made.id, data])),
    scribbles: scribbles ?? undefined,
    learnt: kept.learnt,
  };
  // From nothing to nothing is no step.
  if (isEmpty(before) && isEmpty(after)) return;
  last.set(dataset, kept);
  put(dataset, after);
  noteStep(dataset, { name: step, undo: () => put(dataset, before, true), redo: () => put(dataset, after) });
}

function newLayer(dataset: VolumeDataset, { role, name, kind, convention, origin }: Omit<KeptLayer, 'runs'>, id: string): Layer {
  const look = { visible: true, fill: role === 'truth' ? 0 : 0.35, outline: true } as const;
  const from = origin === 'made' ? 'made' : 'kept';
  return { id, name, role, kind, convention, origin: from, order: 'zyx', shape: dataset.shape, status: 'ready', ...look };
}

/** `isBack`: where a role is left with no layer on screen, its first one is shown. */
function put(dataset: VolumeDataset, { layers, voxels, scribbles, learnt }: Standing, isBack = false): void {
  const { store, shape } = dataset;
  for (const { id, origin } of store.getState().layers) {
    if (voxels.has(id) || (origin === 'file' && !isTouched(dataset, id))) continue;
    untouch(dataset, id);
    resources.delete(voxelsKey(dataset, id));
    if (origin === 'file') changeLayer(store, id, { status: 'waiting' });
  }
  for (const [id, data] of voxels) putVoxels(voxelsKey(dataset, id), data);
  const files = store.getState().layers.filter(({ origin }) => origin === 'file');
  const known = files.map((one): Layer => (voxels.has(one.id) ? { ...one, status: 'ready', shape } : one));
  store.setState({ layers: oneOfEach([...known, ...layers], isBack) });
  for (const id of voxels.keys()) touch(dataset, id);
  if (scribbles) putVoxels(scribblesKey(dataset), scribbles);
  else resources.delete(scribblesKey(dataset));
  if (scribbles) touch(dataset, SCRIBBLES);
  else untouch(dataset, SCRIBBLES);
  setLearnt(dataset, learnt);
  bump(store, 'labels', 'classes', 'scribbles');
}

/** Of several visible layers of a role the last; where none is and `atLeast`, the first. */
function oneOfEach(layers: readonly Layer[], atLeast: boolean): Layer[] {
  const shown = ROLES.map((role) => {
    const all = layers.filter((one) => one.role === role);
    return all.findLast(({ visible }) => visible) ?? (atLeast ? all[0] : undefined);
  });
  return layers.map((one) => (one.role === 'image' ? one : { ...one, visible: shown.includes(one) }));
}
