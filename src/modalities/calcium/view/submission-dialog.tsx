// The dialog behind Submission JSON: which open data sets, for which server, in which spelling; what is wrong with it and what
// the server would reply, before anything is written.
import { type ReactElement, useId, useMemo, useState } from 'react';
import { grouped } from '../../../base/number-format.ts';
import { reportError } from '../../../state/log.ts';
import { Button } from '../../../ui/button.tsx';
import { Check } from '../../../ui/check.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { CheckIcon, WarningIcon } from '../../../ui/icons.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { ask } from '../../../workers/client.ts';
import type { Reader, Spelling, SubmissionSet } from '../shared/regions.ts';
import { CREDITS, isNeurofinder } from './credits.ts';
import { allDatasets } from './datasets.ts';
import { saveSubmission } from './exports.ts';
import { useTask } from './hooks.ts';
import { type CheckLine, checkLines, type DetailedCheck, type Mark, mayBeSaved, READERS } from './submission-lines.ts';
import { exchangeTrials, isIncluded, type OfferedSet, offeredSets } from './submission-sets.ts';

const SERVER_LISTS = (['document', 'server'] as const).map((value) => ({ value, label: READERS[value].title }));
const SPELLINGS = (['sources', 'regions', 'both'] as const).map((value) => ({ value, label: value }));

export function SubmissionDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  // A dialog keeps the page still, so what it found when it was opened holds until it is closed.
  const offered = useMemo(() => offeredSets(allDatasets()), []);
  const [chosen, setChosen] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [reader, setReader] = useState<Reader>('document');
  const [spelling, setSpelling] = useState<Spelling>('sources');
  const [saving, setSaving] = useState(false);
  const included = offered.filter((set) => isIncluded(set, chosen));
  const check = useCheck(included);
  const lines = check ? checkLines(check, reader, spelling, exchangeTrials(included)) : [];
  const regions = included.reduce((sum, set) => sum + set.regions.length, 0);
  const save = async () => {
    setSaving(true);
    const saved = await saveSubmission(included.map(toSubmit), spelling);
    if (saved) onClose();
    else setSaving(false);
  };
  return (
    <Dialog
      title="Submission JSON"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="main" disabled={saving || !mayBeSaved(lines)} onClick={() => void save()}>
            Save submission.json
          </Button>
        </>
      }
    >
      <p className="t2">
        {included.length === 1 ? '1 data set' : `${included.length} data sets`},{' '}
        {regions === 1 ? '1 region' : `${grouped(regions)} regions`}, sorted by name
      </p>
      <SetList offered={offered} chosen={chosen} onChoose={(id, on) => setChosen(new Map(chosen).set(id, on))} />
      <div className="set two">
        <span aria-hidden="true">Server list</span>
        <div>
          <Segmented label="Server list" value={reader} choices={SERVER_LISTS} onChange={setReader} />
        </div>
      </div>
      <div className="set two">
        <span aria-hidden="true">Spelling</span>
        <div>
          <Segmented label="Spelling" value={spelling} choices={SPELLINGS} onChange={setSpelling} />
        </div>
      </div>
      <Lines lines={lines} />
      {included.some(({ name }) => isNeurofinder(name)) && <p className="submission-terms s t2">{CREDITS.licence}</p>}
    </Dialog>
  );
}

const toSubmit = ({ name, regions, height, width }: OfferedSet): SubmissionSet => ({ name, regions, height, width });

/** What the checker says of exactly these sets; undefined until it has answered. */
function useCheck(included: readonly OfferedSet[]): DetailedCheck | undefined {
  const key = included.map(({ id }) => id).join('\n');
  const answer = useTask(async () => {
    try {
      return { key, check: await ask<DetailedCheck>('calcium', 'submission-check', { sets: included.map(toSubmit) }) };
    } catch (error) {
      reportError(error, 'The submission could not be checked');
      return undefined;
    }
  }, key);
  return answer?.key === key ? answer.check : undefined;
}

interface SetListProps {
  readonly offered: readonly OfferedSet[];
  readonly chosen: ReadonlyMap<string, boolean>;
  readonly onChoose: (id: string, on: boolean) => void;
}

function SetList({ offered, chosen, onChoose }: SetListProps): ReactElement {
  return (
    <ul className="submission-sets" aria-label="Data sets">
      {offered.map((set) => (
        <li key={set.id}>
          <Check label={set.name} checked={isIncluded(set, chosen)} onChange={(on) => onChoose(set.id, on)} />
          <span className="push t2 s">{countOf(set, isIncluded(set, chosen))}</span>
        </li>
      ))}
    </ul>
  );
}

function countOf({ regions }: OfferedSet, included: boolean): string {
  if (regions.length === 0) return included ? 'empty' : 'no regions, left out';
  const count = regions.length === 1 ? '1 region' : `${grouped(regions.length)} regions`;
  return included ? count : `${count}, left out`;
}

const WORDS: Readonly<Record<Mark, string>> = { ok: 'Fine', warning: 'Warning', failure: 'Error' };

function Lines({ lines }: { readonly lines: readonly CheckLine[] }): ReactElement {
  const title = useId();
  return (
    <div className="submission-checks" aria-live="polite">
      <h3 id={title} className="vh">
        Checks
      </h3>
      {lines.length === 0 && <p className="s t2">Checking</p>}
      <ul aria-labelledby={title}>
        {lines.map(({ mark, text, fact }) => (
          <li key={text} data-mark={mark}>
            <MarkIcon mark={mark} />
            <span className="vh">{WORDS[mark]}: </span>
            <span className="grow">{text}</span>
            {fact && <span className="t2">{fact}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}

function MarkIcon({ mark }: { readonly mark: Mark }): ReactElement {
  if (mark === 'ok') return <CheckIcon />;
  return <WarningIcon className={mark === 'failure' ? 'bad-ink' : 'warn-ink'} />;
}
