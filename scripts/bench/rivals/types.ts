// What the rivals page offers to the bench.

/** Milliseconds, median of the repetitions. */
export interface Contest {
  readonly ours: number;
  readonly rivals: Readonly<Record<string, number>>;
}

export interface UsualWayResult {
  readonly frames: number;
  readonly seconds: number;
  /** Of the mean and of the correlation image: so that nothing is optimised away, and to compare. */
  readonly meanValue: number;
  readonly meanCorrelation: number;
}

export interface Rivals {
  listing(): Promise<Contest>;
  tiff(frames: number): Promise<Contest>;
  /** Median milliseconds to score 500 regions against 500. */
  scoring(): Promise<number>;
  usualWay(frames: number): Promise<UsualWayResult>;
}

declare global {
  interface Window {
    rivals?: Rivals;
  }
}
