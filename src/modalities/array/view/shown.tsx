// What is shown of an array as one of the modes, with the exports of exactly that.
import { type ReactElement, useEffect, useState } from 'react';
import type { NumericArray } from '../../../base/ndarray.ts';
import type { Look } from '../../../render/colormap.ts';
import { reportError } from '../../../state/log.ts';
import type { MenuItem } from '../../../ui/menu.tsx';
import { Slider } from '../../../ui/slider.tsx';
import { extentOf, linesOf, type Mode, planesOf } from '../shared/modes.ts';
import type { ArrayItem, TableOutput } from '../shared/types.ts';
import { saveNpy, savePng, saveTable, saveTraceCsv, stemOf } from './exports.ts';
import { ImageView } from './image-view.tsx';
import { TableView } from './table-view.tsx';
import { TraceView } from './trace-view.tsx';
import { useRead } from './use-read.ts';

interface ShownProps {
  readonly dataset: string;
  readonly item: ArrayItem;
  readonly onExports: (items: readonly MenuItem[]) => void;
}

export function Shown({ mode, ...props }: ShownProps & { readonly mode: Mode }): ReactElement {
  if (mode === 'table') return <AsTable {...props} />;
  return mode === 'traces' ? <AsTraces {...props} /> : <AsImages {...props} />;
}

/** Runs a save; its failure is told. */
function saving(label: string, save: () => Promise<void> | void): MenuItem {
  const run = async () => {
    try {
      await save();
    } catch (error) {
      reportError(error, `${label} could not be saved`);
    }
  };
  return { label, run: () => void run() };
}

function AsImages({ dataset, item, onExports }: ShownProps): ReactElement {
  const [plane, setPlane] = useState(0);
  const [look, setLook] = useState<Look>();
  const key = `plane ${plane}`;
  const read = useRead<NumericArray>(dataset, 'plane', { item, plane }, key);
  const data = read?.value;
  const { height, width } = extentOf(item);
  const planes = planesOf(item);
  useEffect(() => {
    if (read?.key !== key || !look) return onExports([]);
    const { value } = read;
    const name = planes > 1 ? `${stemOf(item)}.${plane}` : stemOf(item);
    onExports([
      saving('Image NPY', () => saveNpy(name, value, [height, width])),
      saving('Image PNG', () => savePng(name, value, height, width, look)),
    ]);
  }, [read, key, look, item, plane, planes, height, width, onExports]);
  return (
    <>
      {planes > 1 && <Counter label="Plane" count={planes} value={plane} onChange={setPlane} />}
      <ImageView height={height} width={width} data={data} plane={planes > 1 ? `plane ${plane}` : ''} onLook={setLook} />
    </>
  );
}

function AsTraces({ dataset, item, onExports }: ShownProps): ReactElement {
  const [line, setLine] = useState(0);
  const key = `line ${line}`;
  const read = useRead<Float64Array<ArrayBuffer>>(dataset, 'line', { item, line }, key);
  const lines = linesOf(item);
  useEffect(() => {
    if (read?.key !== key) return onExports([]);
    const { value } = read;
    const name = lines > 1 ? `${stemOf(item)}.${line}` : stemOf(item);
    onExports([
      saving('Trace NPY', () => saveNpy(name, value, [value.length])),
      saving('Trace CSV', () => saveTraceCsv(name, value)),
    ]);
  }, [read, key, item, line, lines, onExports]);
  return (
    <>
      {lines > 1 && <Counter label="Row" count={lines} value={line} onChange={setLine} />}
      <TraceView values={read?.value} />
    </>
  );
}

function AsTable({ dataset, item, onExports }: ShownProps): ReactElement {
  const table = useRead<TableOutput>(dataset, 'table', item, 'table')?.value;
  useEffect(() => {
    onExports(table ? [saving('Table CSV', () => saveTable(stemOf(item), table))] : []);
  }, [table, item, onExports]);
  return <TableView table={table} />;
}

interface CounterProps {
  readonly label: string;
  readonly count: number;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

function Counter({ label, count, value, onChange }: CounterProps): ReactElement {
  return (
    <div className="array-tools">
      <Slider label={label} value={value} min={0} max={count - 1} step={1} decimals={0} onChange={onChange} />
      <span className="s t3">of {count}, counted from 0</span>
    </div>
  );
}
