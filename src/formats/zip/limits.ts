// What a zip may ask of the tab; every reader takes another set for tests.

export interface ZipLimits {
  /** Entries in one archive. */
  readonly entries: number;
  /** Bytes of its central directory. */
  readonly directoryBytes: number;
  /** Zips inside one archive. */
  readonly nested: number;
  /** Bytes that the compressed ones among them may unpack to, together. */
  readonly nestedBytes: number;
}

export const ZIP_LIMITS: ZipLimits = {
  entries: 200_000,
  directoryBytes: 64 * 2 ** 20,
  nested: 200,
  nestedBytes: 512 * 2 ** 20,
};
