// What the electrophysiology sample shows: 32 sites of a Neuropixels 1.0 probe (AP gain 250: 4.6875 µV a count), three seconds, ten
// units that move 30 µm up and down twice. Whole numbers only, so that every machine makes the same bytes.
import type { SynthConfig, SynthUnit } from '../../src/test/ephys-synth.ts';
import { META_GAIN_UV, siteAt } from '../../src/test/spikeglx-meta.ts';

export const RATE = 30_000;
export const FRAMES = 3 * RATE;
export const CHANNELS = 32;

/** Seconds and µm: rest, up and down twice, rest. */
export const MOTION: readonly (readonly [seconds: number, micrometres: number])[] = [
  [0, 0],
  [0.5, 0],
  [1, 30],
  [1.5, 0],
  [2, 30],
  [2.5, 0],
  [3, 0],
];

// Sums of triangles in 1/1024 of the trough: a broad spike, a narrow one, and one that rises before it falls.
const BROAD = spike([
  [14, 0],
  [24, -1024],
  [36, 430],
  [63, 0],
]);
const NARROW = spike([
  [18, 0],
  [24, -1024],
  [30, 560],
  [42, 0],
]);
const EARLY = spike([
  [6, 0],
  [14, 150],
  [24, -1024],
  [40, 300],
  [63, 0],
]);

/** 64 samples, straight between the corners (sample, value). */
function spike(corners: readonly (readonly [number, number])[]): number[] {
  return Array.from({ length: 64 }, (_, t) => {
    const next = corners.findIndex(([at]) => at > t);
    if (next <= 0) return 0;
    const [[t0, v0], [t1, v1]] = [corners[next - 1]!, corners[next]!];
    return Math.floor(v0 + ((v1 - v0) * (t - t0)) / (t1 - t0));
  });
}

const unit = (
  x: number,
  y: number,
  A: number,
  shape: readonly number[],
  isi4: number,
  more: Partial<SynthUnit> = {},
): SynthUnit => {
  return { x, y, A, d0: 26, shape, k0: 24, ref: 60, isi4, amp_jit: 260, ...more };
};

/** Among the good ones: one that breaks the refractory period, one whose small spikes are lost, one that falls silent, a weak one. */
const UNITS: readonly SynthUnit[] = [
  unit(35, 30, 60, BROAD, 3200),
  unit(20, 62, 48, NARROW, 1500),
  unit(52, 95, 54, BROAD, 2600),
  unit(30, 118, 40, EARLY, 3000),
  unit(45, 140, 34, NARROW, 1800, { extra_isi4: 9000 }),
  unit(22, 170, 44, BROAD, 2800, { keep_min: 1000 }),
  unit(50, 196, 66, EARLY, 3600),
  unit(32, 225, 38, NARROW, 1700, { active: [[0, 45_000]] }),
  unit(40, 250, 14, BROAD, 2400),
  unit(28, 272, 52, NARROW, 2000),
];

export const SCENE: SynthConfig = {
  seed: 20_200_901,
  fs: RATE,
  n_samples: FRAMES,
  geometry: Array.from({ length: CHANNELS }, (_, channel) => siteAt(channel)),
  gain_uV: META_GAIN_UV,
  noise_mul: 6,
  common_mul: 3,
  lfp_period: 3750,
  lfp_amp: 1,
  drift: MOTION.map(([seconds, micrometres]) => [seconds * RATE, micrometres] as const),
  units: UNITS,
};
