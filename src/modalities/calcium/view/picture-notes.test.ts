import { expect, it } from 'vitest';
import { captionOf, legendOf, scaleBarOf } from './picture-notes.ts';

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
  colourBy: 'result',
  score,
} as const;
const counts = { truth: 1237, predictions: 1229 };
const words = (change: object) => legendOf({ ...state, ...change }, counts).map(({ text }) => text);

it('explains the result classes that are shown', () => {
  expect(words({})).toEqual(['Matched 1,210', 'Extra 19', 'Missed 27']);
  expect(words({ classes: { matched: true, extra: false, missed: true } })).toEqual(['Matched 1,210', 'Missed 27']);
  expect(words({ show: { truth: false, predictions: true, fill: false } })).toEqual(['Matched 1,210', 'Extra 19']);
  expect(words({ show: { truth: false, predictions: false, fill: false } })).toEqual([]);
  expect(legendOf(state, counts).map(({ dash }) => dash)).toEqual(['solid', 'dashed', 'dotted']);
});

it('explains the layers where colours do not say the result', () => {
  expect(words({ colourBy: 'layer' })).toEqual(['Predictions 1,229', 'Truth 1,237']);
  expect(words({ score: null })).toEqual(['Predictions 1,229', 'Truth 1,237']);
  expect(legendOf({ ...state, score: null }, { truth: 3, predictions: 0 })).toEqual([
    { colour: '--on-data', dash: 'solid', thin: true, text: 'Truth 3' },
  ]);
});

it('says what the picture shows', () => {
  expect(captionOf('00.00', { view: 'correlation', deltaF: false, smoothing: 1 }, 7, 7)).toBe('00.00, correlation');
  expect(captionOf('00.00', { view: 'movie', deltaF: false, smoothing: 1 }, 907, 7)).toBe('00.00, movie, frame 907, 129.6 s');
  expect(captionOf('00.00', { view: 'movie', deltaF: true, smoothing: 5 }, 3000, null)).toBe(
    '00.00, movie ΔF/F₀, frame 3,000, mean of 5',
  );
});
