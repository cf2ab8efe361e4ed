import { describe, expect, it } from 'vitest';
import { regionFrom } from '../../../base/region.ts';
import type { Detection } from '../shared/detection.ts';
import {
  freeColour,
  freeName,
  LAYER_COLOURS,
  type LayerSet,
  layerOf,
  NO_LAYERS,
  withChange,
  withCopy,
  withCurrent,
  withLayer,
  withList,
  withoutLayer,
} from './layer-set.ts';

const detection = (col: number): Detection => ({
  region: regionFrom([[0, col]]),
  row: 0,
  col,
  confidence: 1,
  kind: 'imported',
  evidence: '',
});
const first = [detection(1)];
const second = [detection(2), detection(3)];
const layer = (name: string) => ({ name, source: name, confidence: 0.4, foundDiameter: null });

const two = (): LayerSet => withLayer(withLayer(NO_LAYERS, 'a', layer('Detected'), first), 'b', layer('regions.json'), second);
const visible = (set: LayerSet) => set.layers.filter((one) => one.visible).map(({ id }) => id);

describe('adding', () => {
  it('makes the new layer current and hides the one before', () => {
    const set = two();
    expect(set.current).toBe('b');
    expect(visible(set)).toEqual(['b']);
    expect(set.lists['a']).toBe(first);
    expect(set.lists['b']).toBe(second);
  });

  it('leaves the set before as it was', () => {
    const before = two();
    const copy = structuredClone(before);
    withoutLayer(withChange(withList(before, 'a', second), 'a', { name: 'other' }), 'b');
    expect(before).toEqual(copy);
  });

  it('numbers a name that is taken and gives each its colour', () => {
    const set = withLayer(two(), 'c', layer('regions.json'), []);
    expect(set.layers.map(({ name }) => name)).toEqual(['Detected', 'regions.json', 'regions.json 2']);
    expect(freeName(set, 'regions.json')).toBe('regions.json 3');
    expect(set.layers.map(({ colour }) => colour)).toEqual(LAYER_COLOURS.slice(0, 3));
  });

  it('uses colours again once all are taken', () => {
    const full = LAYER_COLOURS.reduce<LayerSet>((set, colour) => withLayer(set, colour, layer(colour), []), NO_LAYERS);
    expect(freeColour(full)).toBe(LAYER_COLOURS[0]);
    expect(freeColour(withLayer(full, 'more', layer('more'), []))).toBe(LAYER_COLOURS[1]);
  });
});

describe('the current layer', () => {
  it('takes the place of the one before on the picture', () => {
    expect(visible(withCurrent(two(), 'a'))).toEqual(['a']);
  });

  it('keeps the one before on the picture where both were shown', () => {
    expect(visible(withCurrent(withChange(two(), 'a', { visible: true }), 'a'))).toEqual(['a', 'b']);
  });

  it('goes to the neighbour when it is deleted, to nobody when it was the last', () => {
    const left = withoutLayer(two(), 'b');
    expect(left.current).toBe('a');
    expect(visible(left)).toEqual(['a']);
    expect(Object.keys(left.lists)).toEqual(['a']);
    expect(withoutLayer(left, 'a')).toEqual(NO_LAYERS);
  });

  it('stays when another is deleted', () => {
    expect(withoutLayer(two(), 'a').current).toBe('b');
  });
});

it('a copy shares the regions, stands behind its original and is not taken for it', () => {
  const set = withCopy(two(), 'a', 'c');
  expect(set.layers.map(({ id }) => id)).toEqual(['a', 'c', 'b']);
  expect(set.lists['c']).toBe(first);
  expect(layerOf(set, 'c')).toMatchObject({ name: 'Copy of Detected', source: 'Copy of Detected', visible: false });
  expect(set.current).toBe('b');
});
