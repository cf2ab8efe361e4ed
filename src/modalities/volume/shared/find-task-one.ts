// Answers to MTNeuro's tasks 1 and 3 among dropped files: a CSV `index,label`, an array of one label a patch, or embeddings of two axes.
import type { FileListing } from '../../../base/listing.ts';

export const TASK_ONE_REASON = 'found one answer a patch: labels of task 1 or embeddings of task 3';

/** Only a file that was dropped alone: it counts while a volume is open. */
export async function isTaskOneFile(listing: FileListing, head: (index: number) => Promise<Uint8Array>): Promise<boolean> {
  if (listing.paths.length !== 1) return false;
  const bytes = (await head(0)).subarray(0, 512);
  const text = new TextDecoder('latin1').decode(bytes).replaceAll('"', "'");
  if (/\.csv$/i.test(listing.paths[0]!)) return /^\s*'?index'?\s*[,;\t]\s*'?label'?\s*[\r\n]/i.test(text);
  // Browsers take latin1 for windows-1252, where 0x93 is another sign.
  return bytes[0] === 0x93 && text.startsWith('NUMPY', 1) && /'shape'\s*:\s*\(\s*\d+L?\s*,\s*(\d+L?\s*)?\)/.test(text);
}
