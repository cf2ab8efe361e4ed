// What the files say of themselves, what is odd with them, and how they compare with what was published.
import type { ReactElement } from 'react';
import { MISSING } from '../../../base/number-format.ts';
import type { EphysDataset } from './datasets.ts';
import { useEphys } from './hooks.ts';
import { publishedFacts } from './published-facts.ts';
import { sortingOf } from './units.ts';

export function AboutPanel({ dataset }: { readonly dataset: EphysDataset }): ReactElement {
  const { info } = dataset;
  useEphys(dataset, (state) => `${state.versions.units} ${state.sorting}`);
  const notices = [...info.notices, ...(sortingOf(dataset)?.notices ?? [])];
  const published = publishedFacts(dataset);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className="ephys-about" tabIndex={0} aria-label="About the data">
      <p>{info.reason || MISSING}</p>
      {notices.length > 0 && (
        <ul>
          {notices.map((notice) => (
            <li key={notice}>{notice}</li>
          ))}
        </ul>
      )}
      {published.map(({ recording, checks }) => (
        <div key={recording.id}>
          <p className="strong">{recording.label}</p>
          <ul>
            {checks.map(({ what, expected, found, holds }) => (
              <li key={what}>{holds ? `✓ ${what}: ${found}, as published` : `× ${what}: ${found}, published ${expected}`}</li>
            ))}
          </ul>
        </div>
      ))}
      {published.length === 0 && <p className="t3">By names and sizes these files are none of the published recordings.</p>}
    </section>
  );
}
