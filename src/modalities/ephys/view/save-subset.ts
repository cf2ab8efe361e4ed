// Writes a subset of the recording as one zip that streams to disk: the samples piece by piece, their checksum afterwards.
import { toPlain } from '../../../base/errors.ts';
import { drive } from '../../../base/steps.ts';
import { tracked } from '../../../state/jobs.ts';
import { reportError } from '../../../state/log.ts';
import { openFileSink } from '../../../ui/file-sink.ts';
import { ask } from '../../../workers/client.ts';
import type { SubsetChoice, SubsetHead, SubsetHeadInput, SubsetInput } from '../shared/exports.ts';
import type { EphysDataset } from './datasets.ts';
import { curatedSteps, fileStem } from './exports.ts';
import { unitsOf } from './units.ts';

/** Samples (frames × channels of the file) of a piece. */
const PIECE_SAMPLES = 8_000_000;

export async function saveSubset(dataset: EphysDataset, choice: SubsetChoice): Promise<void> {
  const name = `${fileStem(dataset)}.subset`;
  const isMda = choice.format === 'mda';
  try {
    const sink = await openFileSink(isMda ? `${name}.mda.zip` : `${name}.zip`, 'application/zip');
    try {
      await tracked({ label: 'Saving the subset', dataset: dataset.id }, async ({ signal, onProgress }) => {
        const input: SubsetInput = { source: dataset.source, name, ...choice };
        const sorting = isMda && unitsOf(dataset).units.size > 0 ? await drive(curatedSteps(dataset), { signal }) : null;
        const head: SubsetHeadInput = { ...input, sorting };
        const { header, prefix, size, tables, ...file } = await ask<SubsetHead>('ephys', 'subsetHead', head, { signal });
        await sink.write(header);
        if (prefix.length > 0) await sink.write(prefix);
        let { crc } = file;
        const step = Math.max(1, Math.floor(PIECE_SAMPLES / Math.max(1, dataset.recording?.channels ?? 1)));
        for (let first = choice.from; first < choice.to; first += step) {
          const last = Math.min(choice.to, first + step);
          const piece = await ask<{ bytes: Uint8Array<ArrayBuffer>; crc: number }>(
            'ephys',
            'subsetPiece',
            { ...input, first, last, crc },
            { signal },
          );
          crc = piece.crc;
          await sink.write(piece.bytes);
          onProgress((last - choice.from) / (choice.to - choice.from));
        }
        const samples = { name: file.name, size, crc, at: 0 };
        const end = await ask<{ header: Uint8Array<ArrayBuffer>; tail: Uint8Array<ArrayBuffer> }>('ephys', 'subsetTail', {
          samples,
          header: header.length,
          tables,
        });
        await sink.write(end.tail);
        await sink.rewriteStart(end.header);
      });
      await sink.close();
    } catch (error) {
      await sink.abort();
      throw error;
    }
  } catch (error) {
    if (toPlain(error).tag !== 'Aborted') reportError(error, 'The subset could not be saved');
  }
}
