// The chosen view as short texts: whatever was chosen comes back, and nothing that a link says can break the view.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CalciumState, makeStore, VIEWS } from './store.ts';
import { CHOSEN, type ChosenView, chosenView, viewValues } from './view-values.ts';

const usual = makeStore(5).getState();
const chosen = (state: ChosenView) => Object.fromEntries(CHOSEN.map((key) => [key, state[key]]));

const within = (min: number, max: number) => fc.double({ min, max, noNaN: true }).map((value) => value + 0);
const contrast = fc.record({
  low: within(-1e6, 1e6),
  width: within(1e-3, 1e6),
  gamma: fc.constantFrom(0.5, 1, 2.2),
  map: fc.constantFrom('gray' as const, 'viridis' as const, 'magma' as const),
});
const view = fc.constantFrom(...VIEWS);
const state = fc.record({
  view,
  blinkWith: view,
  camera: fc.option(fc.record({ row: within(0, 512), col: within(0, 512), zoom: within(0.01, 64) })),
  frame: fc.nat(1e6),
  speed: fc.constantFrom(0.25, 1, 16),
  loop: fc.boolean(),
  everyFrame: fc.boolean(),
  smoothing: fc.constantFrom(1, 3, 15),
  deltaF: fc.boolean(),
  contrast: fc
    .dictionary(fc.constantFrom('movie', 'movie ΔF/F₀', 'mean', 'standard-deviation'), contrast, { noNullPrototype: true })
    .map((all): CalciumState['contrast'] =>
      Object.fromEntries(
        Object.entries(all).map(([key, { low, width, gamma, map }]) => [
          key,
          { low, high: low + width, gamma, map, locked: true },
        ]),
      ),
    ),
  show: fc.record({ truth: fc.boolean(), predictions: fc.boolean(), fill: fc.boolean() }),
  colourBy: fc.constantFrom('result' as const, 'layer' as const),
  classes: fc.record({ matched: fc.boolean(), extra: fc.boolean(), missed: fc.boolean() }),
  diameter: fc.option(within(1, 100)),
  foundDiameter: fc.option(within(0, 100)),
  sensitivity: within(0, 1),
  labels: fc.constantFrom('both' as const, 'active' as const, 'visible' as const),
  traceMethod: fc.constantFrom('mean', 'least-squares'),
  confidence: within(0, 1),
  threshold: within(0, 50),
  selection: fc.option(fc.record({ layer: fc.constantFrom('truth' as const, 'predictions' as const), index: fc.nat(20000) })),
  tab: fc.constantFrom('traces' as const, 'scores' as const, 'about' as const),
});

describe('what was chosen', () => {
  it('comes back, every part of it', () => {
    fc.assert(
      fc.property(state, (made) => {
        expect(Object.keys(made).sort()).toEqual([...CHOSEN].sort());
        expect(chosen(chosenView(viewValues(made, usual), usual))).toEqual(made);
      }),
    );
  });

  it('takes little room in an address', () => {
    const longest = 1200;
    fc.assert(
      fc.property(state, (made) => {
        const one = Object.entries(made.contrast).slice(0, 1);
        const values = viewValues({ ...made, contrast: Object.fromEntries(one) }, usual);
        expect(new URLSearchParams(values).toString().length).toBeLessThan(longest);
      }),
    );
  });

  it('is nothing where all is as usual', () => {
    expect(viewValues(usual, usual)).toEqual({});
    expect(chosen(chosenView({}, usual))).toEqual(chosen(usual));
  });

  it('leaves out limits that the page found by itself, but not the colours over them', () => {
    const found = { low: 3, high: 9, gamma: 1, map: 'gray', locked: false } as const;
    const values = viewValues({ ...usual, contrast: { mean: found, max: { ...found, map: 'magma' } } }, usual);
    expect(values).toEqual({ contrast: 'max:auto,1,magma' });
    expect(chosenView(values, usual).contrast).toEqual({ max: { low: 0, high: 1, gamma: 1, map: 'magma', locked: false } });
  });
});

describe('what cannot be read', () => {
  it.each([
    { frame: '-1' },
    { frame: '' },
    { frame: 'x' },
    { view: 'nonsense' },
    { at: '1,2' },
    { at: '1,2,0' },
    { at: '1,2,NaN' },
    { select: 'truth,-1' },
    { select: 'truth,1e3' },
    { select: 'other,1' },
    { show: 'truth,nonsense' },
    { contrast: 'mean:9,3,1,gray' },
    { contrast: 'mean:1,3,0,gray' },
    { contrast: 'mean:1,3,1,rainbow' },
    { diameter: '0' },
    { sensitivity: '2' },
    { dff: 'maybe' },
    { __proto__: null, constructor: 'x' },
  ] as Record<string, string>[])('%o is as usual', (values) => {
    expect(chosen(chosenView(values, usual))).toEqual(chosen(usual));
  });

  it('never throws, and never gives what the view cannot show', () => {
    const names = fc.constantFrom('frame', 'at', 'contrast', 'show', 'select', 'threshold', 'view', 'diameter', 'smoothing');
    fc.assert(
      fc.property(fc.dictionary(names, fc.string(), { noNullPrototype: true }), (values) => {
        const read = chosenView(values, usual);
        expect(VIEWS).toContain(read.view);
        expect(read.frame).toBeGreaterThanOrEqual(0);
        expect(read.camera === null || read.camera.zoom > 0).toBe(true);
      }),
    );
  });
});
