// Whose labels are compared with whose, how far each two agree, and that table as CSV.
import type { Region } from '../../../base/region.ts';
import { ask } from '../../../workers/client.ts';
import type { Agreement, AgreementInput } from '../shared/agreement.ts';
import { csvText } from './csv.ts';
import type { CalciumDataset } from './datasets.ts';
import { exportName } from './export-names.ts';
import { attempt, countOf, saveEncoded, tell } from './saving.ts';

export interface LabelSet {
  readonly id: string;
  readonly name: string;
  readonly regions: readonly Region[];
  readonly byHand: boolean;
}

interface Pair {
  readonly first: LabelSet;
  readonly second: LabelSet;
}

/** Each with every one that comes later. */
export function pairsOf(sets: readonly LabelSet[]): readonly Pair[] {
  return sets.flatMap((first, i) => sets.slice(i + 1).map((second) => ({ first, second })));
}

export function agreementOf({ files, store }: CalciumDataset, first: LabelSet, second: LabelSet): Promise<Agreement> {
  const { height, width } = files.movie;
  const { threshold } = store.getState();
  const input: AgreementInput = { first: first.regions, second: second.regions, height, width, threshold };
  return ask<Agreement>('calcium', 'agreement', input);
}

const HEAD = ['first', 'second', 'regions_first', 'regions_second', 'threshold_px'];
const FIGURES = ['f1_centres', 'pairs_centres', 'f1_iou_0.5', 'pairs_iou_0.5', 'kappa_pixels'];

export function saveAgreement(dataset: CalciumDataset, sets: readonly LabelSet[]): Promise<void> {
  const file = exportName(dataset.info.shortName, 'agreement.csv');
  return attempt(file, async () => {
    const { threshold } = dataset.store.getState();
    const rows = await Promise.all(
      pairsOf(sets).map(async ({ first, second }) => {
        const { byCentre, byOverlap, kappa } = await agreementOf(dataset, first, second);
        const figures = [byCentre.f1, byCentre.pairs, byOverlap.f1, byOverlap.pairs, kappa];
        return [first.name, second.name, first.regions.length, second.regions.length, threshold, ...figures];
      }),
    );
    const bytes = saveEncoded(file, csvText([[...HEAD, ...FIGURES], ...rows]), 'text/csv');
    tell(file, bytes, countOf(rows.length, 'pair', 'pairs'));
  });
}
