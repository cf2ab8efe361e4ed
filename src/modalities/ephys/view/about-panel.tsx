// What the files say of themselves, what is odd with them, and how they compare with what was published: facts, and SHA-1.
import type { ReactElement } from 'react';
import { entryAt } from '../../../base/listing.ts';
import { byteSize, MISSING } from '../../../base/number-format.ts';
import { useJobs } from '../../../state/hooks.ts';
import { Button } from '../../../ui/button.tsx';
import { checkChecksums, checkedFiles, filesToCheck } from './checksums.ts';
import type { EphysDataset } from './datasets.ts';
import { useEphys } from './hooks.ts';
import { publishedFacts } from './published-facts.ts';
import { sortingOf } from './units.ts';

const SIGNS = { matches: '✓', differs: '×', unknown: '–' } as const;

export function AboutPanel({ dataset }: { readonly dataset: EphysDataset }): ReactElement {
  const { info } = dataset;
  useEphys(dataset, (state) => `${state.versions.units} ${state.versions.checks} ${state.sorting}`);
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
      {published.map(({ id, label, checks }) => (
        <div key={id}>
          <p className="strong">{label}</p>
          <ul>
            {checks.map(({ what, expected, found, holds }) => (
              <li key={what}>{holds ? `✓ ${what}: ${found}, as published` : `× ${what}: ${found}, published ${expected}`}</li>
            ))}
          </ul>
        </div>
      ))}
      {published.length === 0 && <p className="t3">By names and sizes these files are none of the published recordings.</p>}
      <Checksums dataset={dataset} />
    </section>
  );
}

function Checksums({ dataset }: { readonly dataset: EphysDataset }): ReactElement | null {
  const running = useJobs().some(({ dataset: of, label }) => of === dataset.id && label.startsWith('SHA-1 of'));
  const files = filesToCheck(dataset);
  const { listing } = dataset.source;
  const bytes = files.reduce((sum, index) => sum + entryAt(listing, index).size, 0);
  const checked = checkedFiles(dataset);
  if (files.length === 0) return null;
  return (
    <div className="ephys-checksums">
      <Button small kind="edge" disabled={running} onClick={() => void checkChecksums(dataset)}>
        Check SHA-1
      </Button>
      <span className="t3">
        {`${files.length === 1 ? '1 file' : `${files.length} files`}, ${byteSize(bytes)}: read whole, and compared with the catalogue and with sha1:// addresses of dropped JSON files.`}
      </span>
      <ul aria-label="SHA-1 of the files">
        {checked.map(({ name, sha1, kind, text }) => (
          <li key={`${name} ${sha1}`}>
            {`${SIGNS[kind]} ${name} ${text}: `}
            <code>{sha1}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}
