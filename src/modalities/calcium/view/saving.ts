// What every save does: one alert where it fails, one notice where it does not.
import { byteSize, grouped } from '../../../base/number-format.ts';
import { notify, reportError } from '../../../state/log.ts';
import { saveBytes } from '../../../ui/download.ts';

/** Runs a save; its failure is told once, under the file's name. */
export async function attempt(file: string, task: () => Promise<void> | void): Promise<void> {
  try {
    await task();
  } catch (error) {
    reportError(error, `${file} could not be saved`);
  }
}

export function tell(file: string, bytes: number, facts: string, what = ''): void {
  notify('success', `Saved ${file}${what && `, ${what}`}`, `${byteSize(bytes)}, ${facts}`);
}

/** Saves a short text as UTF-8; returns its bytes. */
export function saveEncoded(file: string, text: string, type: string): number {
  const bytes = new TextEncoder().encode(text);
  saveBytes(file, bytes, `${type};charset=utf-8`);
  return bytes.byteLength;
}

/** `1 region`, `23 regions`. */
export const countOf = (number: number, one: string, many: string) => `${grouped(number)} ${number === 1 ? one : many}`;
export const sizeOf = (chunks: readonly Uint8Array[]) => chunks.reduce((sum, { byteLength }) => sum + byteLength, 0);
