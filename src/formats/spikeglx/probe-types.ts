// What the .meta file does not say of a probe: the pitch of its sites (for ~snsShankMap and ~imroTbl, which count rows and columns),
// its converters, and its fixed gain. In SpikeGLX's own coordinates: µm from the left edge of the shank, from the lowest row up.
// Source: SpikeGLX's metadata guides and its ProbeTable (https://github.com/billkarsh/ProbeTable).

export interface ProbeType {
  /** How gains are written: an entry of ~imroTbl each, its header (UHD2 switchable), or one number for all. */
  readonly gains: 'entries' | 'header' | 'fixed';
  /** Where gains are 'fixed' and the file says none. */
  readonly gain: number;
  readonly maxInt: number;
  /** Cycles of the converter from one sample to the next. */
  readonly cycles: 13 | 16;
  /** Columns of sites on a shank. */
  readonly columns: number;
  /** x of the first column in even and in odd rows. */
  readonly left: readonly [even: number, odd: number];
  readonly pitch: readonly [x: number, y: number];
  /** From one shank to the next. */
  readonly shanks: number;
}

const NP1: ProbeType = {
  gains: 'entries',
  gain: Number.NaN,
  maxInt: 512,
  cycles: 13,
  columns: 2,
  left: [27, 11],
  pitch: [32, 20],
  shanks: 0,
};
const NHP_LINEAR: ProbeType = { ...NP1, left: [27, 27] };
const NHP_STAGGERED: ProbeType = { ...NP1, left: [27, 11], pitch: [87, 20] };
const NHP_WIDE: ProbeType = { ...NP1, left: [11, 11], pitch: [103, 20] };
const ULTRA: ProbeType = { ...NP1, columns: 8, left: [14, 14], pitch: [6, 6] };
const NP2: ProbeType = {
  gains: 'fixed',
  gain: 80,
  maxInt: 8192,
  cycles: 16,
  columns: 2,
  left: [27, 27],
  pitch: [32, 15],
  shanks: 0,
};
const NP2_FOUR: ProbeType = { ...NP2, shanks: 250 };
const NP2_SOLD: ProbeType = { ...NP2, gain: 100, maxInt: 2048 };
const NP2_SOLD_FOUR: ProbeType = { ...NP2_SOLD, shanks: 250 };

const TYPES: Readonly<Record<number, ProbeType>> = {
  0: NP1,
  1: NP1,
  1010: NP1,
  1011: NP1,
  1012: NP1,
  1013: NP1,
  1015: NHP_LINEAR,
  1016: NHP_LINEAR,
  1020: NHP_STAGGERED,
  1021: NHP_STAGGERED,
  1022: NHP_WIDE,
  1030: NHP_STAGGERED,
  1031: NHP_STAGGERED,
  1032: NHP_WIDE,
  1033: NHP_WIDE,
  1100: ULTRA,
  1110: { ...ULTRA, gains: 'header' },
  1120: { ...ULTRA, columns: 2, left: [6.75, 6.75], pitch: [4.5, 4.5] },
  1121: { ...ULTRA, columns: 1, left: [6.25, 6.25], pitch: [3, 3] },
  1122: { ...ULTRA, columns: 16, left: [12.5, 12.5], pitch: [3, 3] },
  1123: { ...ULTRA, columns: 12, left: [10.25, 10.25], pitch: [4.5, 4.5] },
  1300: { ...NP1, left: [11, 11], pitch: [48, 20] },
  21: NP2,
  24: NP2_FOUR,
  2000: NP2,
  2003: NP2_SOLD,
  2004: NP2_SOLD,
  2005: NP2_SOLD,
  2006: NP2_SOLD,
  2010: NP2_FOUR,
  2013: NP2_SOLD_FOUR,
  2014: NP2_SOLD_FOUR,
  2020: NP2_SOLD_FOUR,
  2021: NP2_SOLD_FOUR,
};

/** Undefined for a type that is not known here. */
export function probeTypeOf(type: number): ProbeType | undefined {
  return TYPES[type];
}
