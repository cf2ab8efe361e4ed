// ImageJ selections, one file each or a RoiSet.zip, as one layer; those that enclose no pixels are named and left out.
import { type ErrorPlace, isSomascopeError, SomascopeError } from '../../../base/errors.ts';
import { baseName, entryAt } from '../../../base/listing.ts';
import { grouped } from '../../../base/number-format.ts';
import { readRoi } from '../../../formats/imagej-roi/index.ts';
import { readEntries } from '../../../formats/listing.ts';
import { REGION_LIMIT } from '../../../formats/neurofinder/regions.ts';
import type { BadRegion } from '../shared/info.ts';
import type { ReadLayer, ReadRegionsInput } from '../shared/regions.ts';
import { type FilledShape, fillShapes } from './fill-shapes.ts';
import type { Frame } from './layer-fit.ts';

const NAMED = 5;

/** Throws as `fillShapes`, and the reader's own error where no selection can be used. */
export async function readRoiLayer({ listing, source }: ReadRegionsInput, frame: Frame, signal: AbortSignal): Promise<ReadLayer> {
  const entries = source.entries.map((entry) => entryAt(listing, entry));
  const place: ErrorPlace = { file: source.name };
  if (entries.length > REGION_LIMIT) {
    const message = `It holds ${grouped(entries.length)} selections; the limit is ${grouped(REGION_LIMIT)}.`;
    throw new SomascopeError('Unsafe', message, place);
  }
  const shapes: (FilledShape | undefined)[] = entries.map(() => undefined);
  const refused: { index: number; error: SomascopeError }[] = [];
  const notes: string[] = [];
  await readEntries(
    entries,
    ({ index, bytes, error }) => {
      const name = baseName(entries[index]!.path);
      try {
        if (error) throw error;
        const { shape, note } = readRoi(bytes, name);
        shapes[index] = { index, name, shape };
        if (note) notes.push(`${name} ${note}`);
      } catch (thrown) {
        if (!isSomascopeError(thrown)) throw thrown;
        refused.push({ index, error: thrown });
      }
    },
    { signal },
  );
  const nameOf = (index: number) => baseName(entries[index]!.path);
  const bad = refused.map(({ index, error }): BadRegion => ({ index, name: nameOf(index), reason: reasonOf(error) }));
  const good = shapes.filter((shape) => shape !== undefined);
  const filled = fillShapes(good, frame, place);
  const all = [...bad, ...filled.bad].sort((a, b) => a.index - b.index);
  if (filled.regions.length === 0) throw noneUsable(all, place);
  return {
    dataset: null,
    regions: filled.regions,
    ids: filled.kept.map((i) => nameOf(good[i]!.index).replace(/\.roi$/i, '')),
    bad: all,
    warnings: [...filled.warnings, ...listed(notes)],
  };
}

/** To follow the name of the selection. */
function reasonOf({ message }: SomascopeError): string {
  return message.startsWith('It ') ? message.slice(3).replace(/\.$/, '') : `cannot be read: ${message}`;
}

function noneUsable(bad: readonly BadRegion[], place: ErrorPlace): SomascopeError {
  const named = bad.slice(0, NAMED).map(({ name, reason }) => `${name} ${reason}`);
  const more = bad.length > NAMED ? `; and ${bad.length - NAMED} more` : '';
  const hint = 'Draw polygon, freehand, rectangle or oval selections around the cells.';
  return new SomascopeError('Unsupported', `It holds nothing that can be used: ${named.join('; ')}${more}.`, place, hint);
}

function listed(notes: readonly string[]): string[] {
  if (notes.length === 0) return [];
  const more = notes.length > NAMED ? `, and ${notes.length - NAMED} more` : '';
  return [`${notes.slice(0, NAMED).join(', ')}${more}.`];
}
