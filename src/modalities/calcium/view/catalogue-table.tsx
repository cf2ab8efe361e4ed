// The table Catalogue: a row per published set. What no source states is a dash.
import type { ReactElement, ReactNode } from 'react';
import { fixed, grouped, MISSING } from '../../../base/number-format.ts';
import { OutLink } from '../../../ui/out-link.tsx';
import { Tag } from '../../../ui/tag.tsx';
import type { CatalogueProps } from '../../modality.ts';
import { ALL_TEST_SETS, CATALOGUE, type CatalogueSet, downloadAddress } from '../shared/catalogue.ts';
import { BENCHMARK_SETS, PUBLISHED } from '../shared/published.ts';
import { type OwnSet, useOwnSets } from './own-scores.ts';

const GROUPS = [
  { kind: 'training', title: 'Training sets, with truth' },
  { kind: 'test', title: 'Test sets, truth never published' },
] as const;
const TAGS = { document: '', withdrawn: 'withdrawn', later: 'later' } as const;

export function CatalogueTable({ onShow }: CatalogueProps): ReactElement {
  const own = useOwnSets();
  return (
    <>
      <p className="s t2 catalogue-note">
        Links lead to the publisher’s zips: download them with the browser and drop them here; the page itself fetches nothing.
        <OutLink address={ALL_TEST_SETS}>All test sets in one zip</OutLink>
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="catalogue-table" aria-label="All data sets" tabIndex={0}>
        <table aria-label="Catalogue" className="dense">
          <Head />
          {GROUPS.map(({ kind, title }) => (
            <tbody key={kind}>
              <tr className="group">
                <th className="l" scope="rowgroup" colSpan={12 + PUBLISHED.length}>
                  {title}
                </th>
              </tr>
              {CATALOGUE.filter((set) => set.kind === kind).map((set) => (
                <SetRow key={set.name} set={set} own={own.get(set.name)} onShow={onShow} />
              ))}
            </tbody>
          ))}
        </table>
      </section>
      <p className="s t3 catalogue-note">
        Combined scores. Perfect: what a perfect detector would get against the published truth, which lacks cells that a second
        grader found. People: F1 of single people against the consensus of up to four, lowest to highest. The five methods are
        named in the leaderboard.
      </p>
    </>
  );
}

const COLUMNS: readonly (readonly [id: string, head: string, left?: 'l'])[] = [
  ['set', 'Set', 'l'],
  ['lab', 'Lab', 'l'],
  ['region', 'Region', 'l'],
  ['indicator', 'Indicator', 'l'],
  ['size', 'Size px'],
  ['frames', 'Frames'],
  ['rate', 'Rate Hz'],
  ['labels', 'Labels', 'l'],
  ['regions', 'Regions'],
  ['yours', 'Yours'],
  ...PUBLISHED.map(({ short }) => [short, short] as const),
  ['perfect', 'Perfect'],
  ['people', 'People'],
];

function Head(): ReactElement {
  return (
    <>
      <colgroup>
        {COLUMNS.map(([id]) => (
          <col key={id} className={`c-${id}`} />
        ))}
        <col className="c-get" />
      </colgroup>
      <thead>
        <tr>
          {COLUMNS.map(([id, head, left]) => (
            <th key={id} className={left} scope="col" title={PUBLISHED.find(({ short }) => short === id)?.name}>
              {head}
            </th>
          ))}
          <th scope="col">Download</th>
        </tr>
      </thead>
    </>
  );
}

interface SetRowProps extends CatalogueProps {
  readonly set: CatalogueSet;
  readonly own: OwnSet | undefined;
}

function SetRow({ set, own, onShow }: SetRowProps): ReactElement {
  const { name, lab, region, indicator, rows, columns, frames, rateHz, labels, regions, perfect, people, listed } = set;
  const at = BENCHMARK_SETS.indexOf(name as (typeof BENCHMARK_SETS)[number]);
  const address = downloadAddress(set);
  const combined = own?.score?.combined;
  return (
    <tr data-open={own ? 'true' : undefined}>
      <th className="l" scope="row">
        {own ? (
          <button type="button" className="show" aria-label={`Show ${name}`} onClick={() => onShow(own.id)}>
            {name}
          </button>
        ) : (
          name
        )}
        {own && <Tag>open</Tag>}
        {TAGS[listed] && <Tag>{TAGS[listed]}</Tag>}
      </th>
      <Text>{lab}</Text>
      <Text>{region}</Text>
      <Text>{indicator}</Text>
      <td>{rows && columns ? `${rows} × ${columns}` : MISSING}</td>
      <td>{frames ? grouped(frames) : MISSING}</td>
      <td>{rateHz ?? MISSING}</td>
      <Text>{labels}</Text>
      <td>{regions ? grouped(regions) : MISSING}</td>
      <td className="strong" title={combined === undefined ? undefined : String(combined)}>
        {fixed(combined, 2)}
      </td>
      {PUBLISHED.map((method) => (
        <td key={method.name}>{fixed(method.scores.combined[at], 2)}</td>
      ))}
      <td>{fixed(perfect, 3)}</td>
      <td>{people ? `${fixed(people[0], 2)}–${fixed(people[1], 2)}` : MISSING}</td>
      <td>
        {address ? (
          <OutLink address={address} name={`Download neurofinder.${name}.zip`}>
            zip
          </OutLink>
        ) : (
          'link dead'
        )}
      </td>
    </tr>
  );
}

function Text({ children }: { readonly children: ReactNode }): ReactElement {
  return <td className="l">{children ?? MISSING}</td>;
}
