// Verify this browser: runs the golden cases of every modality in this browser's own workers and prints, case by case, whether it
// computes what the references computed, with a report to copy.
import { type ReactElement, useEffect, useState } from 'react';
import { grouped } from '../base/number-format.ts';
import { isEqual, type VerifiedCase } from '../base/verification.ts';
import { reportError } from '../state/log.ts';
import { Button } from '../ui/button.tsx';
import { copyText } from '../ui/copy-text.ts';
import { Dialog } from '../ui/dialog.tsx';
import { CheckIcon, CopyIcon, WarningIcon } from '../ui/icons.tsx';
import { Table } from '../ui/table.tsx';
import type { Column } from '../ui/table-parts.tsx';
import { describeBrowser, resultOf, showDifference, verifyReport } from './verify-report.ts';
import './verify.css';
import { runVerification } from './verify-run.ts';

const COLUMNS: readonly Column<VerifiedCase>[] = [
  { id: 'title', head: 'Case', left: true, rowHeader: true, cell: ({ title }) => title, full: ({ title }) => title },
  { id: 'reference', head: 'Reference', left: true, width: 148, optional: true, cell: ({ reference }) => reference },
  { id: 'values', head: 'Values', width: 60, optional: true, cell: ({ values }) => grouped(values) },
  {
    id: 'largest',
    head: 'Difference',
    title: 'Largest difference',
    width: 88,
    cell: ({ largest }) => showDifference(largest),
    full: ({ largest }) => String(largest),
  },
  {
    id: 'allowed',
    head: 'Allowed',
    title: 'Largest difference that counts as equal',
    width: 72,
    optional: true,
    cell: ({ allowed }) => showDifference(allowed),
  },
  {
    id: 'result',
    head: 'Result',
    left: true,
    width: 84,
    cell: (one) => (
      <span className={isEqual(one) ? 'mk' : 'mk bad-ink strong'}>
        {isEqual(one) ? <CheckIcon size={14} /> : <WarningIcon size={14} />}
        {resultOf(one)}
      </span>
    ),
    full: (one) => one.failure || resultOf(one),
  },
];

type RunState = 'running' | 'done' | 'stopped';

export function VerifyPage({ onClose }: { readonly onClose: () => void }): ReactElement {
  const [cases, setCases] = useState<readonly VerifiedCase[]>([]);
  const [state, setState] = useState<RunState>('running');
  const [attempt, setAttempt] = useState(1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is another run
  useEffect(() => {
    const control = new AbortController();
    setCases([]);
    setState('running');
    runVerification(control.signal, setCases).then(
      (all) => {
        setCases(all);
        setState('done');
      },
      (error) => {
        reportError(error, 'The golden cases could not be run');
        setState('stopped');
      },
    );
    return () => control.abort();
  }, [attempt]);
  const running = state === 'running';
  const differing = cases.filter((one) => !isEqual(one)).length;
  const report = () => verifyReport(cases, describeBrowser());
  return (
    <Dialog
      title="Verify this browser"
      wide
      reading
      onClose={onClose}
      actions={
        <>
          <Button disabled={running} onClick={() => setAttempt(attempt + 1)}>
            Run again
          </Button>
          <Button
            kind="main"
            icon={CopyIcon}
            disabled={state !== 'done'}
            onClick={() => void copyText(report(), 'Report copied')}
          >
            Copy report
          </Button>
        </>
      }
    >
      <p className="t2">
        The same code that analyses your data runs on synthetic inputs here, in this browser, and each result is compared with
        what the reference programs gave. Differences are relative where values exceed 1.
      </p>
      <p role="status" aria-label="Verification" className={differing > 0 ? 'verify-sum bad-ink' : 'verify-sum'}>
        {sum(state, cases.length, differing)}
      </p>
      <div className="scroll">
        <Table label="Golden cases" dense columns={COLUMNS} rows={cases} rowKey={({ title }) => title} />
      </div>
      {cases.some(({ failure }) => failure) && (
        <ul className="s bad-ink verify-why">
          {cases.flatMap(({ title, failure }) => (failure ? <li key={title}>{`${title}: ${failure}`}</li> : []))}
        </ul>
      )}
    </Dialog>
  );
}

function sum(state: RunState, all: number, differing: number): string {
  if (state === 'running') return `Running, ${all} cases done`;
  if (state === 'stopped') return all === 0 ? 'No case could be run' : `Stopped after ${all} cases`;
  return differing === 0 ? `All ${all} cases equal` : `${differing} of ${all} cases differ`;
}
