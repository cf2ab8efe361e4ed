// Entries of an honest zip lie one after another. Where they share bytes, a few kilobytes can unpack to petabytes
// (Fifield, "A better zip bomb", WOOT 2019), so such an archive is refused as a whole.
import { SomascopeError } from '../../base/errors.ts';
import { grouped } from '../../base/number-format.ts';

/** The bytes of an entry from its local header on, `end` excluded: at least header, name and data. */
export interface EntrySpan {
  readonly start: number;
  readonly end: number;
  readonly path: string;
}

/** Throws `Unsafe` where two spans share a byte, or one reaches into the directory at `limit`. Sorts `spans` by start. */
export function refuseOverlap(spans: EntrySpan[], limit: number, file: string): void {
  if (spans.some((span, i) => i > 0 && span.start < spans[i - 1]!.start)) spans.sort((a, b) => a.start - b.start);
  for (let i = 0; i < spans.length; i++) {
    const { end, path } = spans[i]!;
    const next = spans[i + 1];
    if (end <= (next?.start ?? limit)) continue;
    const other = next ? next.path : 'the directory';
    const byte = next?.start ?? limit;
    const message = `${file} is not a safe zip: the bytes of ${path} and ${other} overlap at byte ${grouped(byte)}.`;
    throw new SomascopeError(
      'Unsafe',
      message,
      { file, entry: path, byte },
      'It is damaged or made to flood the memory; get the file again.',
    );
  }
}
