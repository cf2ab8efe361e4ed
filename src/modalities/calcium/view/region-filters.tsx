// Live thresholds on the list: a measure, its range, whether it colours the outlines, and what to do with those outside.
import type { ReactElement } from 'react';
import { fixed, grouped } from '../../../base/number-format.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Check } from '../../../ui/check.tsx';
import { CloseIcon } from '../../../ui/icons.tsx';
import { RangePair } from '../../../ui/range-pair.tsx';
import { Select } from '../../../ui/select.tsx';
import type { CalciumDataset } from './datasets.ts';
import { setStatus } from './edit-actions.ts';
import { type EditState, MEASURES, type MeasureName, type MeasureRange } from './edit-state.ts';
import { useCalcium } from './hooks.ts';
import { measureGradient } from './measure-colours.ts';
import { MEASURE_TEXTS } from './measures.ts';
import { isWithin, measureExtent } from './region-list.ts';
import { regionRows } from './region-rows.ts';
import { setEdit } from './selection.ts';

interface RegionFiltersProps {
  readonly dataset: CalciumDataset;
  readonly edit: EditState;
}

export function RegionFilters({ dataset, edit }: RegionFiltersProps): ReactElement {
  const { measure, ranges, scope } = edit;
  const colourBy = useCalcium(dataset, (state) => state.colourBy);
  const { title, decimals } = MEASURE_TEXTS[measure];
  const extent = measureExtent(dataset, measure, scope);
  const step = 10 ** -decimals;
  const outside = regionRows(dataset, 'chosen').filter((row) => row.layer === 'predictions' && !isWithin(dataset, row));
  const byMeasure = colourBy === 'measure';
  return (
    <div className="filters">
      <div className="filter-row">
        <Select<MeasureName>
          label="Measure"
          value={measure}
          onChange={(name) => setEdit(dataset, { measure: name })}
          choices={MEASURES.map((name) => ({ value: name, label: MEASURE_TEXTS[name].title }))}
        />
        <span className="push" />
        <Check
          label="Colour outlines by it"
          checked={byMeasure}
          onChange={(on) => dataset.store.setState({ colourBy: on ? 'measure' : 'result' })}
        />
      </div>
      {extent ? (
        <RangePair
          label={title}
          min={floorTo(extent[0], step)}
          max={ceilTo(extent[1], step)}
          step={step}
          decimals={decimals}
          low={ranges[measure]?.[0] ?? floorTo(extent[0], step)}
          high={ranges[measure]?.[1] ?? ceilTo(extent[1], step)}
          {...(byMeasure ? { track: measureGradient() } : {})}
          onChange={(low, high) => setEdit(dataset, { ranges: withRange(ranges, measure, [low, high], extent, step) })}
        />
      ) : (
        <p className="s t2">{title} is not known yet: it comes with the whole movie.</p>
      )}
      {Object.keys(ranges).length > 0 && (
        <div className="filter-row wrap">
          {(Object.entries(ranges) as [MeasureName, MeasureRange][]).map(([name, [low, high]]) => (
            <ActiveFilter key={name} name={name} low={low} high={high} onClear={() => clear(dataset, ranges, name)} />
          ))}
          <span className="push" />
          <Button
            small
            kind="edge"
            disabled={outside.length === 0}
            onClick={() =>
              setStatus(
                dataset,
                outside.map(({ index }) => index),
                'rejected',
              )
            }
          >
            Reject {grouped(outside.length)} outside
          </Button>
        </div>
      )}
    </div>
  );
}

interface ActiveFilterProps {
  readonly name: MeasureName;
  readonly low: number;
  readonly high: number;
  readonly onClear: () => void;
}

function ActiveFilter({ name, low, high, onClear }: ActiveFilterProps): ReactElement {
  const { title, decimals } = MEASURE_TEXTS[name];
  return (
    <span className="active-filter s">
      {title} {fixed(low, decimals)} to {fixed(high, decimals)}
      <IconButton small label={`Clear ${title}`} icon={CloseIcon} onClick={onClear} />
    </span>
  );
}

const floorTo = (value: number, step: number) => Number((Math.floor(value / step + 1e-9) * step).toFixed(6));
const ceilTo = (value: number, step: number) => Number((Math.ceil(value / step - 1e-9) * step).toFixed(6));

/** A range that lets everything through is none. */
function withRange(
  ranges: EditState['ranges'],
  name: MeasureName,
  [low, high]: MeasureRange,
  extent: MeasureRange,
  step: number,
): EditState['ranges'] {
  const { [name]: _, ...others } = ranges;
  return low <= floorTo(extent[0], step) && high >= ceilTo(extent[1], step) ? others : { ...others, [name]: [low, high] };
}

function clear(dataset: CalciumDataset, ranges: EditState['ranges'], name: MeasureName): void {
  const { [name]: _, ...others } = ranges;
  setEdit(dataset, { ranges: others });
}
