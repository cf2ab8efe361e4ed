// The list of regions: sorted, filtered by the legend and by live thresholds, linked to the picture and the traces; below it what
// can be done with the selected ones.
import { type ReactElement, useEffect, useMemo, useState } from 'react';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { CheckIcon, CloseIcon, FilterIcon, MergeIcon, SplitIcon } from '../../../ui/icons.tsx';
import { Section } from '../../../ui/section.tsx';
import { Select } from '../../../ui/select.tsx';
import { VirtualTable } from '../../../ui/virtual-table.tsx';
import { judge, mergeSelected, splitSelected } from './curate.ts';
import { type CalciumDataset, detectionsOf } from './datasets.ts';
import type { Scope } from './edit-state.ts';
import { useCalcium } from './hooks.ts';
import { MatchLine } from './match-inspector.tsx';
import { measureRegions } from './measures.ts';
import { moreLikeThis } from './more-like-this.ts';
import { regionColumns } from './region-columns.tsx';
import { RegionFilters } from './region-filters.tsx';
import { listedRows } from './region-list.ts';
import { describeRow, type RegionRow } from './region-rows.ts';
import { selectedPredictions, selectRegion, setEdit, toggleMarked } from './selection.ts';
import { WhyPanel } from './why-panel.tsx';
import './edit.css';

const SCOPES: readonly { value: Scope; label: string }[] = [
  { value: 'chosen', label: 'Chosen' },
  { value: 'rejected', label: 'Rejected' },
  { value: 'below', label: 'Below the cut' },
  { value: 'all', label: 'All' },
];

const EMPTY: Readonly<Record<Scope, string>> = {
  chosen: 'No regions yet. Press Detect neurons, or drop a regions.json or a submission.',
  rejected: 'Nothing is rejected. R rejects the selected region.',
  below: 'Nothing is below the confidence cut.',
  all: 'No regions yet. Press Detect neurons, or drop a regions.json or a submission.',
};

const rowKey = (row: RegionRow) => row.key;
const rowClass = (row: RegionRow) => (row.leftOut ? 'is-left-out' : undefined);

export function RegionsPanel({ dataset }: { readonly dataset: CalciumDataset }): ReactElement {
  const blind = useCalcium(dataset, (state) => state.blind) !== null;
  const versions = useCalcium(dataset, (state) => state.versions);
  const confidence = useCalcium(dataset, (state) => state.confidence);
  const classes = useCalcium(dataset, (state) => state.classes);
  const selection = useCalcium(dataset, (state) => state.selection);
  const edit = useCalcium(dataset, (state) => state.edit);
  const reading = useCalcium(dataset, (state) => state.reading);
  const threshold = useCalcium(dataset, (state) => state.threshold);
  const [filtering, setFiltering] = useState(false);
  const { scope, sort, ranges, measure, marked } = edit;
  // The versions stand for the arrays that the rows are made of.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const shown = useMemo(
    () => listedRows(dataset),
    [dataset, versions.predictions, versions.truth, versions.score, versions.measures, confidence, classes, scope, sort, ranges],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the versions stand for the regions
  useEffect(() => {
    if (!reading) void measureRegions(dataset);
  }, [dataset, reading, versions.predictions, versions.truth]);
  const coloured = useCalcium(dataset, (state) => state.colourBy === 'measure');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rows and the version stand for the measures in the cells
  const columns = useMemo(
    () => regionColumns(dataset, measure, coloured),
    [dataset, measure, coloured, shown, versions.measures],
  );
  const selectedKey = selection ? `${selection.layer === 'truth' ? 't' : 'p'}${selection.index}` : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: these are what is selected
  const picked = useMemo(() => selectedPredictions(dataset), [dataset, selection, marked, versions.predictions]);
  const keys = useMemo(() => new Set(picked.map((index) => `p${index}`)), [picked]);
  const chosen = shown.find(({ key }) => key === selectedKey);
  const select = (key: string, add: boolean) => {
    const index = Number(key.slice(1));
    if (add && key.startsWith('p')) toggleMarked(dataset, index);
    else selectRegion(dataset, { layer: key.startsWith('t') ? 'truth' : 'predictions', index });
  };
  return (
    <Section
      title="Regions"
      count={shown.length}
      fill
      tools={
        <>
          <Select<Scope>
            label="Listed regions"
            value={scope}
            choices={SCOPES}
            onChange={(to) => setEdit(dataset, { scope: to })}
          />
          <IconButton
            small
            label="Thresholds"
            icon={FilterIcon}
            pressed={filtering}
            aria-expanded={filtering}
            onClick={() => setFiltering(!filtering)}
          />
        </>
      }
    >
      {filtering && <RegionFilters dataset={dataset} edit={edit} />}
      {shown.length === 0 && (
        <Empty
          text={
            Object.keys(ranges).length > 0
              ? 'No region is within the thresholds.'
              : blind
                ? 'No regions yet. Draw the cells that you see.'
                : EMPTY[scope]
          }
        />
      )}
      {shown.length > 0 && (
        <VirtualTable
          label="Regions"
          rows={shown}
          columns={columns}
          rowKey={rowKey}
          rowClass={rowClass}
          selected={selectedKey}
          marked={keys}
          onSelect={select}
          sort={sort}
          onSort={(to) => setEdit(dataset, { sort: to })}
          dense
        />
      )}
      {picked.length > 1 ? (
        <p className="region-note s">
          <span className="strong">{picked.length} regions</span> selected
        </p>
      ) : (
        chosen && (
          <div className="region-note s">
            <p>
              <span className="strong">{chosen.label}</span>{' '}
              {chosen.leftOut ? (
                describeRow(chosen, threshold)
              ) : (
                <MatchLine dataset={dataset} otherwise={describeRow(chosen, threshold)} />
              )}{' '}
              {chosen.layer === 'predictions' && !detectionsOf(dataset)[chosen.index]?.why && chosen.evidence}
            </p>
            {picked.length === 1 && (
              <Button small aria-keyshortcuts="Shift+M" onClick={() => void moreLikeThis(dataset)}>
                More like this
              </Button>
            )}
          </div>
        )
      )}
      {picked.length === 1 && chosen?.layer === 'predictions' && <WhyPanel dataset={dataset} index={chosen.index} />}
      {detectionsOf(dataset).length > 0 && <Judging dataset={dataset} picked={picked.length} />}
    </Section>
  );
}

function Judging({ dataset, picked }: { readonly dataset: CalciumDataset; readonly picked: number }): ReactElement {
  return (
    <div className="foot">
      <Button small icon={CheckIcon} keys="a" disabled={picked === 0} onClick={() => judge(dataset, 'accepted')}>
        Accept
      </Button>
      <Button small icon={CloseIcon} keys="r" disabled={picked === 0} onClick={() => judge(dataset, 'rejected')}>
        Reject
      </Button>
      <span className="push" />
      <Button small icon={MergeIcon} keys="m" disabled={picked < 2} onClick={() => mergeSelected(dataset)}>
        Merge
      </Button>
      <Button small icon={SplitIcon} aria-keyshortcuts="Shift+S" disabled={picked !== 1} onClick={() => splitSelected(dataset)}>
        Split
      </Button>
    </div>
  );
}
