// Bands of rows that the activity search works on one at a time, each with the rows around it that its cells and filters reach. The
// partition depends on the movie and the radius only, never on the number of workers, so results do not either.

export interface Band {
  /** Rows that are handed over: core, margin for neighbouring cells, and reach of the filters. */
  readonly firstRow: number;
  readonly rows: number;
  /** Candidates with their centre in these rows are reported by this band, and by no other. */
  readonly coreFirst: number;
  readonly coreRows: number;
}

/** What a worker holds of a band: the rows that it is handed, and two movies of core and margin; all 16-bit. */
const BAND_BYTES = 155e6;
const BYTES_A_SAMPLE = 2;
const MOVIES = 2;
/** Cores of fewer radii are mostly margin: they cost more time than they save memory. */
const SMALLEST_CORE = 4;

/** Rows beyond the core in which cells are found and peeled too, since they overlap with those inside. */
export function margin(radius: number): number {
  return Math.ceil(2.5 * radius);
}

/** Rows beyond those that the widest filter sees. */
export function filterReach(radius: number): number {
  return Math.ceil(3 * radius) + 1;
}

/** One band, or an even number of near-equal height (two workers end together), that cover each row once with their cores. */
export function bandsFor(height: number, width: number, bins: number, radius: number): Band[] {
  const halo = margin(radius) + filterReach(radius);
  const held = BAND_BYTES / (BYTES_A_SAMPLE * width * Math.max(1, bins));
  const affordable = Math.floor((held - 2 * halo - MOVIES * 2 * margin(radius)) / (1 + MOVIES));
  const core = Math.max(Math.ceil(SMALLEST_CORE * radius), affordable);
  const count = core >= height ? 1 : 2 * Math.ceil(height / (2 * core));
  return Array.from({ length: count }, (_, k) => {
    const coreFirst = Math.floor((k * height) / count);
    const coreEnd = Math.floor(((k + 1) * height) / count);
    const firstRow = Math.max(0, coreFirst - halo);
    return { firstRow, rows: Math.min(height, coreEnd + halo) - firstRow, coreFirst, coreRows: coreEnd - coreFirst };
  });
}
