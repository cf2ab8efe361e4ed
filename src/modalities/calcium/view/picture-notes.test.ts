import { expect, it } from 'vitest';
import { captionOf, type LegendLayers, legendOf, scaleBarOf } from './picture-notes.ts';

it('draws a scale bar that grows with the picture', () => {
  const bar = (width: number, magnification: number, pixelsPerMicron: number | null) => {
    const { length, text } = scaleBarOf(width, magnification, pixelsPerMicron);
    return `${text} ${length.toFixed(6)}`;
  };
  expect(bar(512, 1, 1.15)).toBe('100 µm 115.000000');
  expect(bar(512, 4, 1.15)).toBe('100 µm 460.000000');
  expect(bar(512, 2, null)).toBe('100 px 200.000000');
  expect(bar(96, 1, 1.15)).toBe('20 µm 23.000000');
});

const score = {
  recall: 1,
  precision: 1,
  combined: 1,
  inclusion: 1,
  exclusion: 1,
  note: '',
  matched: 1210,
  extra: 19,
  missed: 27,
};
const state = {
  show: { truth: true, predictions: true, fill: false },
  classes: { matched: true, extra: true, missed: true },
  differenceShown: { onlyA: true, both: true, onlyB: true },
  colourBy: 'result',
  score,
} as const;
const layer = (name: string, count: number) => ({ name, count, look: { token: '--layer-pink', dash: 'dashed' } as const });
const layers: LegendLayers = { truth: 1237, current: layer('Detected', 1229), beside: [], difference: null };
const words = (change: object, more: Partial<LegendLayers> = {}) =>
  legendOf({ ...state, ...change }, { ...layers, ...more }).map(({ text }) => text);

it('explains the result classes that are shown', () => {
  expect(words({})).toEqual(['Matched 1,210', 'Extra 19', 'Missed 27']);
  expect(words({ classes: { matched: true, extra: false, missed: true } })).toEqual(['Matched 1,210', 'Missed 27']);
  expect(words({ show: { truth: false, predictions: true, fill: false } })).toEqual(['Matched 1,210', 'Extra 19']);
  expect(words({ show: { truth: false, predictions: false, fill: false } }, { current: null })).toEqual([]);
  expect(words({}, { current: null })).toEqual(['Matched 1,210', 'Missed 27']);
  expect(legendOf(state, layers).map(({ dash }) => dash)).toEqual(['solid', 'dashed', 'dotted']);
});

it('explains the layers where colours do not say the result', () => {
  expect(words({ colourBy: 'layer' })).toEqual(['Detected 1,229', 'Truth 1,237']);
  expect(words({ score: null })).toEqual(['Detected 1,229', 'Truth 1,237']);
  expect(legendOf({ ...state, score: null }, { ...layers, current: layer('mine', 2) })).toEqual([
    { colour: '--layer-pink', dash: 'dashed', thin: false, text: 'mine 2' },
    { colour: '--on-data', dash: 'solid', thin: true, text: 'Truth 1,237' },
  ]);
  expect(words({ score: null }, { current: null })).toEqual(['Truth 1,237']);
});

it('names the layers beside the current one', () => {
  const beside = [layer('suite2p.json', 9)];
  expect(words({}, { beside })).toEqual(['Matched 1,210', 'Extra 19', 'Missed 27', 'suite2p.json 9']);
  expect(words({ colourBy: 'layer' }, { beside })).toEqual(['Detected 1,229', 'suite2p.json 9', 'Truth 1,237']);
});

it('names both sides of a comparison', () => {
  const difference = { a: 'Detected', b: 'suite2p.json', counts: { onlyA: 3, both: 1400, onlyB: 5 } };
  expect(words({}, { difference })).toEqual(['Detected only 3', 'Both 1,400', 'suite2p.json only 5']);
  const shown = { onlyA: false, both: false, onlyB: true };
  expect(words({ differenceShown: shown }, { difference })).toEqual(['suite2p.json only 5']);
});

it('says what the picture shows', () => {
  expect(captionOf('00.00', { view: 'correlation', deltaF: false, smoothing: 1 }, 7, 7)).toBe('00.00, correlation');
  expect(captionOf('00.00', { view: 'movie', deltaF: false, smoothing: 1 }, 907, 7)).toBe('00.00, movie, frame 907, 129.6 s');
  expect(captionOf('00.00', { view: 'movie', deltaF: true, smoothing: 5 }, 3000, null)).toBe(
    '00.00, movie ΔF/F₀, frame 3,000, mean of 5',
  );
});
