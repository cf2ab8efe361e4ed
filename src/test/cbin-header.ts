// The .ch that mtscomp writes beside a .cbin of int16 samples, their differences along time packed by zlib.

export interface CbinShape {
  readonly channels: number;
  /** Hz. */
  readonly rate: number;
  /** Frames at which chunks begin, and the end; the bytes of the .cbin there. */
  readonly bounds: readonly number[];
  readonly offsets: readonly number[];
  /** 'F': a chunk is [channel][frame]; 'C': [frame][channel]. */
  readonly order: 'F' | 'C';
}

/** The JSON text. */
export function cbinHeader({ channels, rate, bounds, offsets, order }: CbinShape): string {
  return JSON.stringify({
    version: '1.0',
    algorithm: 'zlib',
    comp_level: -1,
    do_time_diff: true,
    do_spatial_diff: false,
    dtype: 'int16',
    n_channels: channels,
    sample_rate: rate,
    chunk_bounds: bounds,
    chunk_offsets: offsets,
    chunk_order: order,
    sha1_compressed: '',
    sha1_uncompressed: '',
    shape: [bounds.at(-1), channels],
  });
}
