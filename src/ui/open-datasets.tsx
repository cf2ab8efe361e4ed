// The data sets that are open, one line each with its note; a press shows one.
import type { ReactElement, ReactNode } from 'react';
import { useSession } from '../state/hooks.ts';
import { session } from '../state/session.ts';
import { Section } from './section.tsx';

export function OpenDatasets({ tools }: { readonly tools?: ReactNode }): ReactElement {
  const { datasets, activeId } = useSession();
  return (
    <Section title="Data sets" count={datasets.length} tools={tools}>
      <ul className="rows">
        {datasets.map(({ id, name, note }) => (
          <li key={id}>
            <button
              type="button"
              className="row pick"
              aria-current={id === activeId ? 'true' : undefined}
              onClick={() => session.setState({ activeId: id })}
            >
              <span className="grow cut">{name}</span>
              <span className="n">{note}</span>
            </button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
