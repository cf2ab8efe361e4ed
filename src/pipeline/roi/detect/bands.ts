// Bands of rows that the activity search works on one at a time, and runs of neighbouring bands, which share the rows that they have
// in common. The partition depends on the movie and the radius only, never on the number of workers, so results do not either.

export interface Band {
  /** Rows that are handed over: core, margin for neighbouring cells, and reach of the filters. */
  readonly firstRow: number;
  readonly rows: number;
  /** Candidates with their centre in these rows are reported by this band, and by no other. */
  readonly coreFirst: number;
  readonly coreRows: number;
}

/** Bytes of the two 16-bit movies of a band, [pixel, bin]. */
const BAND_BYTES = 56e6;
const BYTES_A_SAMPLE = 4;

/** Rows beyond the core in which cells are found and peeled too, since they overlap with those inside. */
export function margin(radius: number): number {
  return Math.ceil(2.5 * radius);
}

/** Rows beyond those that the widest filter sees. */
export function filterReach(radius: number): number {
  return Math.ceil(3 * radius) + 1;
}

/** Bands of near-equal height that cover each row once with their cores. */
export function bandsFor(height: number, width: number, bins: number, radius: number): Band[] {
  const affordable = Math.floor(BAND_BYTES / (BYTES_A_SAMPLE * width * Math.max(1, bins))) - 2 * margin(radius);
  const smallest = Math.ceil(2 * radius);
  const count = Math.max(1, Math.min(Math.ceil(height / Math.max(smallest, affordable)), height));
  const halo = margin(radius) + filterReach(radius);
  return Array.from({ length: count }, (_, k) => {
    const coreFirst = Math.floor((k * height) / count);
    const coreEnd = Math.floor(((k + 1) * height) / count);
    const firstRow = Math.max(0, coreFirst - halo);
    return { firstRow, rows: Math.min(height, coreEnd + halo) - firstRow, coreFirst, coreRows: coreEnd - coreFirst };
  });
}

/** Neighbouring bands that are searched one after the other; rows as in `Band`, of all of them together. */
export interface BandRun extends Band {
  readonly bands: readonly Band[];
}

/** A longer run saves little more, and holds more rows. */
const LONGEST_RUN = 2;

/** The bands of `bandsFor` in runs of near-equal length, an even number of them: two workers end together. */
export function bandRuns(height: number, width: number, bins: number, radius: number): BandRun[] {
  const bands = bandsFor(height, width, bins, radius);
  const count = Math.min(bands.length, 2 * Math.ceil(bands.length / (2 * LONGEST_RUN)));
  return Array.from({ length: count }, (_, k) => {
    const part = bands.slice(Math.floor((k * bands.length) / count), Math.floor(((k + 1) * bands.length) / count));
    return runOf(part);
  });
}

export function runOf(bands: readonly Band[]): BandRun {
  const [{ firstRow, coreFirst }, last] = [bands[0]!, bands.at(-1)!];
  const rows = last.firstRow + last.rows - firstRow;
  return { bands, firstRow, rows, coreFirst, coreRows: last.coreFirst + last.coreRows - coreFirst };
}
