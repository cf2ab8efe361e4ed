// What the dialog says of a submission before it is written: one line a check, with a mark, a sentence and a fact.
import { fixed, grouped } from '../../../base/number-format.ts';
import type { Reader, Spelling, SubmissionCheck } from '../shared/regions.ts';

/** What the worker's checker says of a set besides its name and number of regions: indices of regions at fault. */
export interface SetFindings {
  readonly name: string;
  readonly regions: number;
  readonly empty: readonly number[];
  readonly fractional: readonly number[];
  readonly outside: readonly number[];
  readonly duplicates: readonly (readonly [number, number])[];
  readonly looksExchanged: boolean;
}

export interface DetailedCheck extends SubmissionCheck {
  readonly sets: readonly SetFindings[];
}

/** Combined score of a set that has a truth, as it is and with rows and columns exchanged. */
export interface ExchangeTrial {
  readonly name: string;
  readonly asIs: number;
  readonly exchanged: number;
  readonly looksTransposed: boolean;
}

export type Mark = 'ok' | 'warning' | 'failure';

export interface CheckLine {
  readonly mark: Mark;
  readonly text: string;
  /** Shown at the right; '' for none. */
  readonly fact: string;
}

/** How each list is called in the choice and in a sentence. */
export const READERS: Readonly<Record<Reader, { readonly title: string; readonly who: string }>> = {
  document: { title: '7 sets, document', who: 'A server that follows the document' },
  server: { title: '9 sets, later server', who: 'The later server' },
};

const line = (mark: Mark, text: string, fact = ''): CheckLine => ({ mark, text, fact });

/** Names, coordinates, axes, empty sets, duplicates, what else is wrong, and the reply; only failures keep the file from being saved. */
export function checkLines(
  check: DetailedCheck,
  reader: Reader,
  spelling: Spelling,
  trials: readonly ExchangeTrial[],
): CheckLine[] {
  const { sets, errors, warnings } = check;
  if (sets.length === 0) return [line('failure', 'No data set is included')];
  const regions = sets.reduce((sum, set) => sum + set.regions, 0);
  const none = (test: (set: SetFindings) => boolean) => !sets.some(test);
  const wrong = trials.filter(({ looksTransposed }) => looksTransposed);
  const lines = nameLines(check, reader);
  if (none(({ empty, fractional, outside }) => empty.length + fractional.length + outside.length > 0)) {
    lines.push(line('ok', 'Coordinates are integers inside the image', grouped(regions)));
  }
  if (wrong.length === 0 && none(({ looksExchanged }) => looksExchanged)) {
    lines.push(line('ok', 'Rows and columns are not exchanged', trials.length === 1 ? trialFact(trials[0]!) : ''));
  }
  if (none((set) => set.regions === 0)) lines.push(line('ok', 'No set is empty', grouped(sets.length)));
  if (none(({ duplicates }) => duplicates.length > 0)) lines.push(line('ok', 'No region is listed twice'));
  lines.push(...errors.map((text) => line('failure', text)), ...warnings.map((text) => line('warning', text)));
  for (const trial of wrong) lines.push(line('warning', `${trial.name}: rows and columns look exchanged`, trialFact(trial)));
  lines.push(...replyLines(check, reader, spelling));
  // Two sets of one name say the same twice.
  return lines.filter(({ text }, at) => lines.findIndex((one) => one.text === text) === at);
}

/** The higher score is what the axes should give. */
function trialFact({ asIs, exchanged, looksTransposed }: ExchangeTrial): string {
  return looksTransposed
    ? `${fixed(asIs, 2)} as it is, ${fixed(exchanged, 2)} exchanged`
    : `${fixed(asIs, 2)} over ${fixed(exchanged, 2)}`;
}

function nameLines({ names }: DetailedCheck, reader: Reader): CheckLine[] {
  const found = names.find((one) => one.reader === reader);
  if (!found) return [];
  const { expected, present, missing, unexpected } = found;
  const fact = `${present.length} of ${expected}`;
  const lines = [
    missing.length === 0
      ? line('ok', 'Every name the server knows is present', fact)
      : line('warning', `Names missing: ${missing.join(', ')}`, fact),
  ];
  if (unexpected.length > 0)
    lines.push(line('warning', `Not in the server’s list: ${unexpected.join(', ')}`, grouped(unexpected.length)));
  return lines;
}

function replyLines({ replies }: DetailedCheck, reader: Reader, spelling: Spelling): CheckLine[] {
  const reply = replies.find((one) => one.reader === reader && one.spelling === spelling);
  if (!reply) return [];
  return [line(reply.accepted ? 'ok' : 'warning', `${READERS[reader].who} would reply “${reply.text}”`, `spelling ${spelling}`)];
}

/** Whether the file may be written: errors keep it from being, warnings do not. */
export function mayBeSaved(lines: readonly CheckLine[]): boolean {
  return lines.length > 0 && lines.every(({ mark }) => mark !== 'failure');
}
