// Cascades of second-order sections (transposed direct form II) run in place over a series in either direction, up to three
// sections in one loop: their recursions overlap in the processor, so three cost little more than one.
import { SECTION, type Sections } from './butterworth.ts';

/** Initial states [section][2] for a constant input of 1 (scipy's sosfilt_zi). */
export function steadyStates(sections: Sections): Float64Array<ArrayBuffer> {
  const states = new Float64Array((sections.length / SECTION) * 2);
  let level = 1;
  for (let s = 0, k = 0; s < sections.length; s += SECTION, k += 2) {
    const b0 = sections[s]!;
    const a1 = sections[s + 4]!;
    const a2 = sections[s + 5]!;
    const gain = (b0 + sections[s + 1]! + sections[s + 2]!) / (1 + a1 + a2);
    states[k] = level * (gain - b0);
    states[k + 1] = level * (sections[s + 2]! - a2 * gain);
    level *= gain;
  }
  return states;
}

/**
 * Filters x[start], x[start + step] … (`count` samples) in place; the states start at `states` × `level`.
 * `step` is 1 or −1.
 */
export function runCascade(
  x: Float64Array,
  start: number,
  count: number,
  step: 1 | -1,
  sections: Sections,
  states: Float64Array,
  level: number,
): void {
  const total = sections.length / SECTION;
  let done = 0;
  while (done < total) {
    // Five sections go as 3 + 2, four as 2 + 2.
    const left = total - done;
    const taken = left >= 5 || left === 3 ? 3 : left >= 2 ? 2 : 1;
    const b = sections.subarray(done * SECTION, (done + taken) * SECTION);
    const z = states.subarray(done * 2, (done + taken) * 2);
    if (taken === 3) runThree(x, start, count, step, b, z, level);
    else if (taken === 2) runTwo(x, start, count, step, b, z, level);
    else runOne(x, start, count, step, b, z, level);
    done += taken;
  }
}

function runOne(x: Float64Array, start: number, count: number, step: number, c: Sections, z: Float64Array, level: number): void {
  const [b0, b1, b2, a1, a2] = [c[0]!, c[1]!, c[2]!, c[4]!, c[5]!];
  let u = z[0]! * level;
  let v = z[1]! * level;
  for (let i = start, end = start + count * step; i !== end; i += step) {
    const input = x[i]!;
    const y = b0 * input + u;
    u = b1 * input + v - a1 * y;
    v = b2 * input - a2 * y;
    x[i] = y;
  }
}

function runTwo(x: Float64Array, start: number, count: number, step: number, c: Sections, z: Float64Array, level: number): void {
  const [b0, b1, b2, a1, a2] = [c[0]!, c[1]!, c[2]!, c[4]!, c[5]!];
  const [d0, d1, d2, e1, e2] = [c[6]!, c[7]!, c[8]!, c[10]!, c[11]!];
  let u = z[0]! * level;
  let v = z[1]! * level;
  let p = z[2]! * level;
  let q = z[3]! * level;
  for (let i = start, end = start + count * step; i !== end; i += step) {
    const input = x[i]!;
    const y = b0 * input + u;
    u = b1 * input + v - a1 * y;
    v = b2 * input - a2 * y;
    const w = d0 * y + p;
    p = d1 * y + q - e1 * w;
    q = d2 * y - e2 * w;
    x[i] = w;
  }
}

function runThree(
  x: Float64Array,
  start: number,
  count: number,
  step: number,
  c: Sections,
  z: Float64Array,
  level: number,
): void {
  const [b0, b1, b2, a1, a2] = [c[0]!, c[1]!, c[2]!, c[4]!, c[5]!];
  const [d0, d1, d2, e1, e2] = [c[6]!, c[7]!, c[8]!, c[10]!, c[11]!];
  const [f0, f1, f2, g1, g2] = [c[12]!, c[13]!, c[14]!, c[16]!, c[17]!];
  let u = z[0]! * level;
  let v = z[1]! * level;
  let p = z[2]! * level;
  let q = z[3]! * level;
  let r = z[4]! * level;
  let s = z[5]! * level;
  for (let i = start, end = start + count * step; i !== end; i += step) {
    const input = x[i]!;
    const y = b0 * input + u;
    u = b1 * input + v - a1 * y;
    v = b2 * input - a2 * y;
    const w = d0 * y + p;
    p = d1 * y + q - e1 * w;
    q = d2 * y - e2 * w;
    const o = f0 * w + r;
    r = f1 * w + s - g1 * o;
    s = f2 * w - g2 * o;
    x[i] = o;
  }
}
