// The tab About: what the data set says of itself, what was found wanting, and the texts that came with it.
import { type ReactElement, useState } from 'react';
import { baseName, subListing } from '../../../base/listing.ts';
import { byteSize, grouped } from '../../../base/number-format.ts';
import { reportError } from '../../../state/log.ts';
import { AlertStrip } from '../../../ui/alert-strip.tsx';
import { TextIcon } from '../../../ui/icons.tsx';
import { TextViewer } from '../../../ui/text-viewer.tsx';
import { ask } from '../../../workers/client.ts';
import type { BadRegion, CalciumInfo, TextFile } from '../shared/info.ts';
import type { CalciumDataset } from './datasets.ts';
import { useCalcium } from './hooks.ts';

/** Bad regions listed one by one; of more, the rest is counted. */
const LISTED = 50;

export function AboutPanel({ dataset }: { readonly dataset: CalciumDataset }): ReactElement {
  // The truth is not spoken of while somebody labels blind.
  const info = { ...dataset.info, truth: useCalcium(dataset, (state) => state.blind) === null ? dataset.info.truth : null };
  const record = Object.entries(info.facts.record);
  const problems = info.warnings.length > 0 || (info.truth?.bad.length ?? 0) > 0;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="about" aria-label="About this data set" tabIndex={0}>
      {problems && (
        <div className="about-problems">
          {info.warnings.map((warning) => (
            <AlertStrip key={warning}>{warning}</AlertStrip>
          ))}
          {info.truth && info.truth.bad.length > 0 && <BadRegions bad={info.truth.bad} />}
        </div>
      )}
      <div className="about-part">
        <h2 className="strong">Movie</h2>
        <Facts facts={movieFacts(info)} />
      </div>
      {record.length > 0 && (
        <div className="about-part">
          <h2 className="strong">info.json</h2>
          <Facts facts={record} />
        </div>
      )}
      {info.texts.length > 0 && (
        <div className="about-part">
          <h2 className="strong">Text files</h2>
          <TextFiles dataset={dataset} />
        </div>
      )}
    </section>
  );
}

type Fact = readonly [name: string, value: string];

/** What the files say, next to what info.json declares. */
export function movieFacts({ movie, facts, truth, kind }: Pick<CalciumInfo, 'movie' | 'facts' | 'truth' | 'kind'>): Fact[] {
  const declared = facts.dimensions?.[2];
  return [
    ['Frames found', grouped(movie.frames)],
    ['Frames declared', declared === undefined ? 'not stated' : grouped(declared)],
    ['Size', `${movie.height} × ${movie.width} px, ${movie.dtype}`],
    ['Rate', facts.rateHz === null ? 'not stated' : `${facts.rateHz} Hz`],
    ['Scale', facts.pixelsPerMicron === null ? 'not stated' : `${facts.pixelsPerMicron} px/µm`],
    ['Ground truth', truth ? `${grouped(truth.regions.length)} regions` : kind === 'test' ? 'none, a test set' : 'none'],
  ];
}

function Facts({ facts }: { readonly facts: readonly Fact[] }): ReactElement {
  return (
    <dl className="about-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function BadRegions({ bad }: { readonly bad: readonly BadRegion[] }): ReactElement {
  return (
    <AlertStrip>
      {`${grouped(bad.length)} ${bad.length === 1 ? 'region' : 'regions'} of the ground truth cannot be used:`}
      <ul>
        {bad.slice(0, LISTED).map(({ index, reason }) => (
          <li key={index}>{`region ${index}: ${reason}`}</li>
        ))}
        {bad.length > LISTED && <li>{`and ${grouped(bad.length - LISTED)} more`}</li>}
      </ul>
    </AlertStrip>
  );
}

function TextFiles({ dataset }: { readonly dataset: CalciumDataset }): ReactElement {
  const [open, setOpen] = useState<{ readonly title: string; readonly text: string } | null>(null);
  const show = async ({ path, entry }: TextFile) => {
    try {
      const listing = subListing(dataset.files.listing, [entry]);
      setOpen({ title: path, text: await ask<string>('calcium', 'text', { listing, entry: 0 }) });
    } catch (error) {
      reportError(error, `${baseName(path)} could not be read`);
    }
  };
  return (
    <>
      <ul className="about-texts">
        {dataset.info.texts.map((file) => (
          <li key={file.path}>
            <button type="button" className="row" onClick={() => void show(file)}>
              <TextIcon />
              <span className="cut">{baseName(file.path)}</span>
              <span className="n s t3">{byteSize(file.size)}</span>
            </button>
          </li>
        ))}
      </ul>
      {open && <TextViewer title={open.title} text={open.text} onClose={() => setOpen(null)} />}
    </>
  );
}
