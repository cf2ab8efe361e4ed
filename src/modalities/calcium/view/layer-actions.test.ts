import { describe, expect, it } from 'vitest';
import { regionFrom } from '../../../base/region.ts';
import type { Detection } from '../shared/detection.ts';
import type { CalciumInfo } from '../shared/info.ts';
import { type CalciumDataset, chosenOf, detectionsOf, ensureDataset, layerList } from './datasets.ts';
import { commit, goToStep, redo, setPredictions, stepsOf, undo } from './history.ts';
import {
  addLayer,
  copyLayer,
  deleteLayer,
  makeCurrent,
  recolourLayer,
  renameLayer,
  replaceLayer,
  setRole,
  setVisible,
} from './layer-actions.ts';

const info: CalciumInfo = {
  shortName: '00.00',
  kind: 'training',
  movie: {
    layout: { kind: 'tiff-files', entry: new Int32Array(0) },
    frames: 0,
    height: 8,
    width: 8,
    dtype: 'uint16',
    littleEndian: true,
  },
  facts: { rateHz: 7, pixelsPerMicron: 1, dimensions: null, record: {} },
  truth: null,
  texts: [],
  warnings: [],
};

let opened = 0;

function open(): CalciumDataset {
  const listing = { files: [], paths: [], table: new Float64Array(0) };
  return ensureDataset({ id: `set ${++opened}`, modality: 'calcium', name: 'layers', listing, root: '', info });
}

const list = (...confidences: number[]): Detection[] =>
  confidences.map((confidence, col) => ({
    region: regionFrom([[0, col]]),
    row: 0,
    col,
    confidence,
    kind: 'both',
    evidence: '',
  }));
const layer = (name: string, confidence = 0) => ({ name, source: name, confidence, foundDiameter: null });
const namesOf = ({ store }: CalciumDataset) => store.getState().layers.map(({ name }) => name);
const currentOf = ({ store }: CalciumDataset) => store.getState().currentLayer;
const kept = ({ store }: CalciumDataset) => {
  const { layers, currentLayer, confidence, predictionSource } = store.getState();
  return { layers, currentLayer, confidence, predictionSource };
};

describe('undo and redo', () => {
  it('of every action on layers give back what was there, with the very same arrays', () => {
    const dataset = open();
    const a = addLayer(dataset, 'Find neurons', layer('Detected', 0.5), list(0.9, 0.2));
    const b = addLayer(dataset, 'Import r.json', layer('r.json'), list(1));
    const actions: (() => void)[] = [
      () => renameLayer(dataset, a, 'First try'),
      () => recolourLayer(dataset, a, 'sky'),
      () => setVisible(dataset, a, true),
      () => setRole(dataset, b, 'second grader'),
      () => copyLayer(dataset, b),
      () => makeCurrent(dataset, a),
      () => setPredictions(dataset, 'Reject region 1', list(0.2), { confidence: 0.1, predictionSource: 'd', foundDiameter: 9 }),
      () => deleteLayer(dataset, a),
    ];
    const states = [kept(dataset)];
    const lists = [detectionsOf(dataset)];
    for (const act of actions) {
      act();
      states.push(kept(dataset));
      lists.push(detectionsOf(dataset));
    }
    expect(new Set(states.map((state) => JSON.stringify(state))).size).toBe(actions.length + 1);
    for (let i = actions.length - 1; i >= 0; i--) {
      undo(dataset);
      expect(kept(dataset)).toEqual(states[i]);
      expect(detectionsOf(dataset)).toBe(lists[i]);
    }
    for (let i = 1; i <= actions.length; i++) {
      redo(dataset);
      expect(kept(dataset)).toEqual(states[i]);
      expect(detectionsOf(dataset)).toBe(lists[i]);
    }
    redo(dataset);
    expect(kept(dataset)).toEqual(states.at(-1));
    expect(dataset.store.getState().undo.slice(2)).toEqual([
      'Rename Detected to First try',
      'Colour First try',
      'Show First try',
      'Mark r.json as second grader',
      'Keep a copy of r.json',
      'Make First try current',
      'Reject region 1',
      'Delete First try',
    ]);
  });

  it('give back the cut that was set before the step', () => {
    const dataset = open();
    addLayer(dataset, 'Find neurons', layer('Detected', 0.5), list(0.9, 0.2));
    dataset.store.setState({ confidence: 0.1 });
    setPredictions(dataset, 'Reject region 2', list(0.9), { confidence: 0.1, predictionSource: 'Detected', foundDiameter: null });
    dataset.store.setState({ confidence: 0.3 });
    undo(dataset);
    expect(dataset.store.getState().confidence).toBe(0.1);
    redo(dataset);
    expect(dataset.store.getState().confidence).toBe(0.3);
  });

  it('go to any step at once, and a new step forgets what was undone', () => {
    const dataset = open();
    for (const name of ['a', 'b', 'c']) addLayer(dataset, `Import ${name}`, layer(name), list(1));
    goToStep(dataset, 1);
    expect(namesOf(dataset)).toEqual(['a']);
    expect(dataset.store.getState()).toMatchObject({ undo: ['Import a'], redo: ['Import c', 'Import b'] });
    goToStep(dataset, 3);
    expect(namesOf(dataset)).toEqual(['a', 'b', 'c']);
    goToStep(dataset, 0);
    expect(namesOf(dataset)).toEqual([]);
    expect(currentOf(dataset)).toBeNull();
    expect(detectionsOf(dataset)).toEqual([]);
    goToStep(dataset, 2);
    addLayer(dataset, 'Import d', layer('d'), []);
    expect(stepsOf(dataset)).toMatchObject({ at: 3, steps: [{ name: 'Import a' }, { name: 'Import b' }, { name: 'Import d' }] });
    expect(dataset.store.getState().redo).toEqual([]);
  });

  it('never give the id of an undone layer to another', () => {
    const dataset = open();
    const gone = addLayer(dataset, 'Import a', layer('a'), []);
    undo(dataset);
    expect(addLayer(dataset, 'Import b', layer('b'), [])).not.toBe(gone);
  });
});

describe('layers', () => {
  it('keep their own cut while another is current', () => {
    const dataset = open();
    const a = addLayer(dataset, 'Find neurons', layer('Detected', 0.5), list(0.9, 0.6, 0.2));
    dataset.store.setState({ confidence: 0.7 });
    const b = addLayer(dataset, 'Import r.json', layer('r.json'), list(1));
    expect(dataset.store.getState()).toMatchObject({ confidence: 0, predictionSource: 'r.json' });
    expect(chosenOf(dataset, a)).toHaveLength(1);
    expect(chosenOf(dataset, b)).toHaveLength(1);
    makeCurrent(dataset, a);
    expect(dataset.store.getState()).toMatchObject({ confidence: 0.7, predictionSource: 'Detected' });
    expect(detectionsOf(dataset)).toHaveLength(3);
    expect(layerList(dataset, b)).toHaveLength(1);
  });

  it('from a detection are replaced by the next one; a copy of it is not', () => {
    const dataset = open();
    const a = replaceLayer(dataset, 'Find neurons', layer('Detected'), list(0.9));
    copyLayer(dataset, a);
    renameLayer(dataset, a, 'Mine');
    addLayer(dataset, 'Import r.json', layer('r.json'), list(1));
    expect(replaceLayer(dataset, 'Find neurons', layer('Detected', 0.2), list(0.8, 0.7))).toBe(a);
    expect(namesOf(dataset)).toEqual(['Mine', 'Copy of Detected', 'r.json']);
    expect(currentOf(dataset)).toBe(a);
    expect(detectionsOf(dataset)).toHaveLength(2);
    const copy = dataset.store.getState().layers[1]!;
    expect(layerList(dataset, copy.id)).toHaveLength(1);
  });

  it('begin with the first edit where there was none', () => {
    const dataset = open();
    setPredictions(dataset, 'Draw region 1', list(1), { confidence: 0, predictionSource: '', foundDiameter: null });
    expect(namesOf(dataset)).toEqual(['Predictions']);
  });

  it('leave the selection and the regions alone where only their looks change', () => {
    const dataset = open();
    const a = addLayer(dataset, 'Import a', layer('a'), list(1));
    dataset.store.setState({ selection: { layer: 'predictions', index: 0 } });
    const before = dataset.store.getState().versions;
    renameLayer(dataset, a, 'b');
    expect(dataset.store.getState().selection).not.toBeNull();
    expect(dataset.store.getState().versions).toEqual({ ...before, layers: before.layers + 1 });
    commit(dataset, 'Nothing', { layers: [], current: null, lists: {} });
    expect(dataset.store.getState().selection).toBeNull();
    expect(dataset.store.getState().versions.predictions).toBe(before.predictions + 1);
  });

  it('make no step of what changes nothing', () => {
    const dataset = open();
    const a = addLayer(dataset, 'Import a', layer('a'), list(1));
    makeCurrent(dataset, a);
    renameLayer(dataset, a, '  ');
    renameLayer(dataset, a, 'a');
    setVisible(dataset, a, true);
    deleteLayer(dataset, 'no such layer');
    expect(stepsOf(dataset).at).toBe(1);
  });
});
