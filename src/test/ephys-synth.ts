// A synthetic recording that integers alone define, so that every language makes the same bytes: noise and common noise from a
// counter-based hash, a slow triangle wave, units with drift, jitter of the amplitude and refractory periods. Any stretch can be
// made at once, at any offset: it also stands in for a file of 100 GB. Samples are int16 [frame][channel].

export interface SynthUnit {
  readonly x: number;
  readonly y: number;
  readonly A: number;
  readonly d0: number;
  readonly shape: readonly number[];
  readonly k0: number;
  readonly ref: number;
  readonly isi4: number;
  readonly amp_jit: number;
  readonly keep_min?: number;
  readonly active?: readonly (readonly [from: number, to: number])[];
  readonly extra_isi4?: number;
}

export interface SynthConfig {
  readonly seed: number;
  readonly fs: number;
  readonly n_samples: number;
  /** µm, [channel][x, y]. */
  readonly geometry: readonly (readonly [x: number, y: number])[];
  readonly gain_uV: number;
  readonly noise_mul: number;
  readonly common_mul: number;
  readonly lfp_period: number;
  readonly lfp_amp: number;
  /** Displacement in µm at samples, linear between. */
  readonly drift: readonly (readonly [sample: number, micrometres: number])[];
  readonly units: readonly SynthUnit[];
}

export interface SynthTrain {
  readonly times: readonly number[];
  /** Amplitude of each spike in 1/1024. */
  readonly scales: readonly number[];
}

export interface Synth {
  readonly config: SynthConfig;
  readonly trains: readonly SynthTrain[];
  /** Samples [from, to), [frame][channel]. */
  traces(from: number, to: number): Int16Array<ArrayBuffer>;
}

function hash32(value: number): number {
  let a = value >>> 0;
  a ^= a >>> 16;
  a = Math.imul(a, 0x7feb352d);
  a ^= a >>> 15;
  a = Math.imul(a, 0x846ca68b);
  return (a ^ (a >>> 16)) >>> 0;
}

/** Random 32 bits of stream `k` at place `n`. */
export function hashAt(seed: number, k: number, n: number): number {
  return hash32((n + hash32((hash32(seed) ^ k) >>> 0)) >>> 0);
}

/** Sum of the four bytes: 0…1020, roughly normal about 510. */
export function byteSum(x: number): number {
  return (x & 255) + ((x >>> 8) & 255) + ((x >>> 16) & 255) + (x >>> 24);
}

/** Times of a train: a refractory period and a product of two uniform numbers, samples below `limit`. */
export function synthTrain(seed: number, stream: number, refractory: number, isi4: number, limit: number): number[] {
  const times: number[] = [];
  let i = 1;
  for (let t = 200 + (hashAt(seed, stream, 0) % 3000); t < limit; i++) {
    times.push(t);
    const x = hashAt(seed, stream, i);
    t += refractory + Math.floor(((x & 0xffff) * (x >>> 16) * isi4) / 4294967296);
  }
  return times;
}

/** Displacement in µm at sample `t`. */
export function synthDrift({ drift }: Pick<SynthConfig, 'drift'>, t: number): number {
  const last = drift.length - 1;
  if (t <= drift[0]![0]) return drift[0]![1];
  if (t >= drift[last]![0]) return drift[last]![1];
  let j = 0;
  while (drift[j + 1]![0] <= t) j++;
  const [t0, y0] = drift[j]!;
  const [t1, y1] = drift[j + 1]!;
  return ((y1 - y0) / (t1 - t0)) * (t - t0) + y0;
}

export function makeSynth(config: SynthConfig): Synth {
  const trains = config.units.map((unit, k) => unitTrain(config, unit, k));
  return { config, trains, traces: (from, to) => makeTraces(config, trains, from, to) };
}

function unitTrain({ seed, n_samples }: SynthConfig, unit: SynthUnit, k: number): SynthTrain {
  const all = synthTrain(seed, 10 + k, unit.ref, unit.isi4, n_samples - 200);
  if (unit.extra_isi4) all.push(...synthTrain(seed, 40 + k, 0, unit.extra_isi4, n_samples - 200));
  all.sort((a, b) => a - b);
  const times: number[] = [];
  const scales: number[] = [];
  all.forEach((t, i) => {
    const x = hashAt(seed, 20 + k, i);
    const scale = 1024 + Math.floor((((x & 255) + ((x >>> 8) & 255) - 255) * unit.amp_jit) / 256);
    if (scale < (unit.keep_min ?? 0)) return;
    if (unit.active && !unit.active.some(([from, to]) => t >= from && t < to)) return;
    times.push(t);
    scales.push(scale);
  });
  return { times, scales };
}

function makeTraces(c: SynthConfig, trains: readonly SynthTrain[], from: number, to: number): Int16Array<ArrayBuffer> {
  const channels = c.geometry.length;
  const sum = background(c, from, to);
  c.units.forEach((unit, u) => {
    const { times, scales } = trains[u]!;
    const length = unit.shape.length;
    for (let i = 0; i < times.length; i++) {
      const ts = times[i]!;
      if (ts < from - length || ts >= to + length) continue;
      const y = unit.y + synthDrift(c, ts);
      for (let ch = 0; ch < channels; ch++) {
        const [cx, cy] = c.geometry[ch]!;
        const d2 = (unit.x - cx) ** 2 + (y - cy) ** 2;
        const d0 = unit.d0 * unit.d0;
        const amplitude = Math.floor((((unit.A * scales[i]!) / 1024) * d0) / (d0 + d2) + 0.5);
        for (let j = 0; j < length; j++) {
          const t = ts - unit.k0 + j;
          if (t >= from && t < to) sum[(t - from) * channels + ch]! += Math.floor((unit.shape[j]! * amplitude) / 1024);
        }
      }
    }
  });
  return Int16Array.from(sum, (value) => Math.max(-32768, Math.min(32767, value)));
}

function background(c: SynthConfig, from: number, to: number): Float64Array {
  const n = c.geometry.length;
  const P = c.lfp_period;
  const out = new Float64Array((to - from) * n);
  const offset = c.geometry.map((_, k) => (hashAt(c.seed, 3, k) % 101) - 50);
  const stream = hash32((hash32(c.seed) ^ 1) >>> 0);
  for (let t = from; t < to; t++) {
    const q = 4 * (t % P);
    const triangle = q <= P ? q : q <= 3 * P ? 2 * P - q : q - 4 * P;
    const common = Math.floor(((byteSum(hashAt(c.seed, 2, t)) - 510) * c.common_mul) / 1024);
    for (let k = 0; k < n; k++) {
      const noise = Math.floor(((byteSum(hash32((((t * n + k) % 4294967296) + stream) >>> 0)) - 510) * c.noise_mul) / 1024);
      const slow = Math.floor((triangle * c.lfp_amp * (n + k)) / (P * n));
      out[(t - from) * n + k] = noise + common + slow + offset[k]!;
    }
  }
  return out;
}
