// What a zip may ask of the tab; every reader takes another set for tests.

export interface ZipLimits {
  /** Entries in one archive. */
  readonly entries: number;
  /** Bytes of its central directory. */
  readonly directoryBytes: number;
}

export const ZIP_LIMITS: ZipLimits = { entries: 200_000, directoryBytes: 64 * 2 ** 20 };
