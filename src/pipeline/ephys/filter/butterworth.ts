// Butterworth filters as second-order sections [section][b0, b1, b2, a0 = 1, a1, a2]: analogue prototype, frequency transform,
// bilinear transform, then poles and zeros paired by nearness. The order of sections is scipy's (signal.butter, output 'sos').
import { SomascopeError } from '../../../base/errors.ts';

/** Six numbers a section. */
export type Sections = Float64Array<ArrayBuffer>;

export const SECTION = 6;

export type FilterBand =
  | { readonly type: 'lowpass' | 'highpass'; readonly cutoff: number }
  | { readonly type: 'bandpass'; readonly low: number; readonly high: number };

type Complex = readonly [re: number, im: number];

/** Frequencies in the unit of `rate`; a band-pass has twice the order. Throws `Invalid` for cut-offs outside (0, rate / 2). */
export function butterworth(order: number, band: FilterBand, rate: number): Sections {
  const edges = band.type === 'bandpass' ? [band.low, band.high] : [band.cutoff];
  if (edges.some((edge, i) => !(edge > (edges[i - 1] ?? 0) && edge < rate / 2))) {
    throw new SomascopeError(
      'Invalid',
      `A filter at ${edges.join(' to ')} Hz is impossible at ${rate} Hz.`,
      {},
      'Choose rising cut-off frequencies below half the sampling rate.',
    );
  }
  const warped = edges.map((edge) => 4 * Math.tan((Math.PI * edge) / rate));
  const prototype = Array.from({ length: order }, (_, i): Complex => {
    const angle = (Math.PI * (2 * i + 1 - order)) / (2 * order);
    return [-Math.cos(angle), 2 * i + 1 === order ? 0 : -Math.sin(angle)];
  });
  const { poles, zeros, gain } = transformed(band.type, prototype, warped);
  // Bilinear transform at a sampling rate of 2: z = (4 + s) / (4 − s); zeros at infinity go to −1.
  const four: Complex = [4, 0];
  const digital = (s: Complex) => divide(add(four, s), subtract(four, s));
  const digitalZeros = zeros.map((s) => digital(s)[0]);
  while (digitalZeros.length < poles.length) digitalZeros.push(-1);
  const up = zeros.map((s) => subtract(four, s)).reduce(multiply, [1, 0]);
  const down = poles.map((s) => subtract(four, s)).reduce(multiply, [1, 0]);
  return pairedSections(poles.map(digital), digitalZeros, gain * divide(up, down)[0]);
}

/** Analogue zeros are all 0 (as many as given) or at infinity. */
function transformed(type: FilterBand['type'], prototype: readonly Complex[], warped: readonly number[]) {
  const order = prototype.length;
  if (type === 'lowpass') {
    return { poles: prototype.map((p) => scale(p, warped[0]!)), zeros: [], gain: warped[0]! ** order };
  }
  const zeros = Array.from({ length: order }, (): Complex => [0, 0]);
  if (type === 'highpass') return { poles: prototype.map((p) => divide([warped[0]!, 0], p)), zeros, gain: 1 };
  const width = warped[1]! - warped[0]!;
  const centre = warped[0]! * warped[1]!;
  const halves = prototype.map((p) => scale(p, width / 2));
  const roots = halves.map((p) => squareRoot(subtract(multiply(p, p), [centre, 0])));
  const poles = [...halves.map((p, i) => add(p, roots[i]!)), ...halves.map((p, i) => subtract(p, roots[i]!))];
  return { poles, zeros, gain: width ** order };
}

/** Sections filled from the last to the first with the pole nearest the unit circle and its nearest zeros. */
function pairedSections(allPoles: readonly Complex[], allZeros: readonly number[], gain: number): Sections {
  const isReal = ([, im]: Complex) => im === 0;
  const close = allPoles.map(([re, im]): Complex => (Math.abs(im) <= 1e-13 * Math.hypot(re, im) ? [re, 0] : [re, im]));
  const poles = [
    ...close.filter(([, im]) => im > 0).sort((a, b) => a[0] - b[0] || a[1] - b[1]),
    ...close.filter(isReal).sort((a, b) => a[0] - b[0]),
  ];
  const zeros = [...allZeros].sort((a, b) => a - b);
  const count = Math.ceil(allPoles.length / 2);
  if (allPoles.length % 2 === 1) {
    poles.push([0, 0]);
    zeros.push(0);
  }
  const out = new Float64Array(count * SECTION);
  for (let section = count - 1; section >= 0; section--) {
    const pole = takeWorst(poles, () => true);
    const partner: Complex = isReal(pole) ? takeWorst(poles, isReal) : [pole[0], -pole[1]];
    const z1 = takeNearest(zeros, pole);
    const z2 = takeNearest(zeros, pole);
    out.set([1, -(z1 + z2), z1 * z2, 1, -(pole[0] + partner[0]), multiply(pole, partner)[0]], section * SECTION);
  }
  for (let i = 0; i < 3; i++) out[i]! *= gain;
  return out;
}

function takeWorst(poles: Complex[], allowed: (pole: Complex) => boolean): Complex {
  const distance = ([re, im]: Complex) => Math.abs(1 - Math.hypot(re, im));
  let worst = -1;
  poles.forEach((pole, i) => {
    if (allowed(pole) && (worst < 0 || distance(pole) < distance(poles[worst]!))) worst = i;
  });
  return poles.splice(worst, 1)[0]!;
}

function takeNearest(zeros: number[], [re, im]: Complex): number {
  let nearest = 0;
  zeros.forEach((zero, i) => {
    if (Math.hypot(zero - re, im) < Math.hypot(zeros[nearest]! - re, im)) nearest = i;
  });
  return zeros.splice(nearest, 1)[0]!;
}

function add(a: Complex, b: Complex): Complex {
  return [a[0] + b[0], a[1] + b[1]];
}

function subtract(a: Complex, b: Complex): Complex {
  return [a[0] - b[0], a[1] - b[1]];
}

function scale(a: Complex, factor: number): Complex {
  return [a[0] * factor, a[1] * factor];
}

function multiply(a: Complex, b: Complex): Complex {
  return [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]];
}

function divide(a: Complex, b: Complex): Complex {
  const square = b[0] * b[0] + b[1] * b[1];
  return [(a[0] * b[0] + a[1] * b[1]) / square, (a[1] * b[0] - a[0] * b[1]) / square];
}

function squareRoot([re, im]: Complex): Complex {
  const size = Math.hypot(re, im);
  const a = Math.sqrt((size + Math.abs(re)) / 2);
  const b = a === 0 ? 0 : Math.abs(im) / (2 * a);
  const sign = im < 0 ? -1 : 1;
  return re >= 0 ? [a, sign * b] : [b, sign * a];
}
