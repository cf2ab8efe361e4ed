// Where electrodes are: µm, y from the tip up, shanks side by side (x already holds the distance between them).

export interface Probe {
  /** Part number or what the file calls it; '' where nothing does. */
  readonly name: string;
  /** µm, one per electrode. */
  readonly x: Float64Array<ArrayBuffer>;
  /** µm above the lowest row (or as the file counts). */
  readonly y: Float64Array<ArrayBuffer>;
  readonly shank: Int32Array<ArrayBuffer>;
  /** Column of the recording that holds the electrode; -1 where it was not saved. */
  readonly column: Int32Array<ArrayBuffer>;
  /** Number of the channel among all that were acquired, which says when it is sampled. */
  readonly channelNumber: Int32Array<ArrayBuffer>;
  /** By how many samples (0 … 1) the channel is sampled after the first of its cycle; undefined where nothing says it. */
  readonly adcShift: Float64Array<ArrayBuffer> | undefined;
  /** 1 for electrodes in use, 0 for those marked as bad or reference. */
  readonly used: Uint8Array<ArrayBuffer>;
}

/** A probe of positions only: electrode i in column i, one shank, all in use. */
export function probeFrom(x: ArrayLike<number>, y: ArrayLike<number>, name = ''): Probe {
  const numbers = Int32Array.from({ length: x.length }, (_, i) => i);
  return {
    name,
    x: Float64Array.from(x),
    y: Float64Array.from(y),
    shank: new Int32Array(x.length),
    column: numbers,
    channelNumber: numbers.slice(),
    adcShift: undefined,
    used: new Uint8Array(x.length).fill(1),
  };
}
