// Listing the zip's entries: our directory reader against unzipit's.
import { unzip } from 'unzipit';
import { fileSource } from '../../../src/formats/source.ts';
import { readZipDirectory } from '../../../src/formats/zip/directory.ts';
import { timeInTurn } from './timing.ts';
import type { Contest } from './types.ts';

const ROUNDS = 9;

export async function contestListing(file: File): Promise<Contest> {
  const { paths } = await readZipDirectory(fileSource(file));
  const { entries } = await unzip(file);
  const files = Object.values(entries).filter(({ isDirectory }) => !isDirectory).length;
  if (paths.length !== files) throw new Error(`unzipit lists ${files} entries, we list ${paths.length}`);
  const { ours, unzipit } = await timeInTurn(
    { ours: () => readZipDirectory(fileSource(file)), unzipit: () => unzip(file) },
    ROUNDS,
  );
  return { ours, rivals: { unzipit } };
}
