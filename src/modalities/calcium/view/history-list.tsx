// Every step that was done, the newest first; a click goes to what was there after it. Steps that were undone are dimmed.
import { type ReactElement, useEffect, useRef } from 'react';
import { Section } from '../../../ui/section.tsx';
import type { CalciumDataset } from './datasets.ts';
import { goToStep, stepsOf } from './history.ts';
import { useCalcium } from './hooks.ts';

const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

export function HistoryList({ dataset }: { readonly dataset: CalciumDataset }): ReactElement {
  // Both lists change with every step that is done, undone or gone to.
  useCalcium(dataset, (state) => state.undo);
  const { steps, at } = stepsOf(dataset);
  const list = useRef<HTMLUListElement>(null);
  // Only the list itself is scrolled, never what it stands in.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the step in force moves with the position
  useEffect(() => {
    const box = list.current?.getBoundingClientRect();
    const step = list.current?.querySelector('[aria-current="step"]')?.getBoundingClientRect();
    if (!box || !step) return;
    list.current!.scrollTop += Math.min(0, step.top - box.top) + Math.max(0, step.bottom - box.bottom);
  }, [at]);
  const rows = [{ name: 'Opened', time: '' }, ...steps.map(({ name, time }) => ({ name, time: CLOCK.format(time) }))]
    .map((row, position) => ({ ...row, position }))
    .reverse();
  return (
    <Section title="History" count={steps.length} fill>
      <ul ref={list} className="rows history">
        {rows.map(({ name, time, position }) => (
          <li key={position}>
            <button
              type="button"
              className={position > at ? 'row off' : 'row'}
              aria-current={position === at ? 'step' : undefined}
              onClick={() => goToStep(dataset, position)}
            >
              <span className="grow cut" title={name}>
                {name}
                {position > at && <span className="vh">, undone</span>}
              </span>
              <span className="num">{time}</span>
            </button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
