// What the files say of themselves, what is odd with them, and how they compare with what was published.
import type { ReactElement } from 'react';
import { MISSING } from '../../../base/number-format.ts';
import type { EphysDataset } from './datasets.ts';
import { publishedFacts } from './published-facts.ts';
import { useEphys } from './hooks.ts';

export function AboutPanel({ dataset }: { readonly dataset: EphysDataset }): ReactElement {
  const { info, recording } = dataset;
  useEphys(dataset, (state) => state.versions.units);
  const notices = [...info.notices, ...(recording?.notices ?? [])];
  const checks = publishedFacts(dataset);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <div className="ephys-about" tabIndex={0} role="group" aria-label="About the data">
      <p>{info.reason || MISSING}</p>
      {notices.length > 0 && (
        <ul>
          {notices.map((notice) => (
            <li key={notice}>{notice}</li>
          ))}
        </ul>
      )}
      {checks.length > 0 ? (
        <ul>
          {checks.map(({ what, found, published, agrees }) => (
            <li key={what}>{`${agrees ? '✓' : '×'} ${what}: ${found}${agrees ? ', as published' : `, published ${published}`}`}</li>
          ))}
        </ul>
      ) : (
        <p className="t3">These files are none of the published recordings, as far as their sizes say.</p>
      )}
    </div>
  );
}
