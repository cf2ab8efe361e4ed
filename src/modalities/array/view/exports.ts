// Saves what is shown: a plane as NPY or PNG, a trace as NPY or CSV, a table as CSV; and hands a stack on as a movie.
import type { NumericArray } from '../../../base/ndarray.ts';
import { colourOf, type Look } from '../../../render/colormap.ts';
import { saveBlob, saveBytes, saveText } from '../../../ui/download.ts';
import { ask } from '../../../workers/client.ts';
import type { ArrayItem, TableOutput } from '../shared/types.ts';

/** `data` of `npz/data`, `table` of `folder/table.csv`: what files made from it are called. */
export function stemOf({ name }: Pick<ArrayItem, 'name'>): string {
  const base = name.slice(name.lastIndexOf('/') + 1).replace(/\.(np[yz]|tiff?|[ct]sv)$/i, '');
  return base === '' ? 'array' : base;
}

export async function saveNpy(name: string, data: NumericArray, shape: readonly number[]): Promise<void> {
  saveBytes(`${name}.npy`, await ask<Uint8Array<ArrayBuffer>>('array', 'npy', { data, shape }));
}

/** One pixel of the picture a pixel of the image, coloured as on screen. */
export async function savePng(name: string, data: NumericArray, height: number, width: number, look: Look): Promise<void> {
  const canvas = new OffscreenCanvas(width, height);
  const picture = new ImageData(width, height);
  for (const [i, value] of data.entries()) picture.data.set([...colourOf(value, look), Number.isNaN(value) ? 0 : 255], 4 * i);
  canvas.getContext('2d')!.putImageData(picture, 0, 0);
  saveBlob(`${name}.png`, await canvas.convertToBlob());
}

export function saveTraceCsv(name: string, values: Float64Array): void {
  saveText(
    `${name}.csv`,
    csvText({ columns: ['sample', 'value'], rows: Array.from(values, (value, i) => [`${i}`, `${value}`]) }),
    'text/csv',
  );
}

export function saveTable(name: string, table: TableOutput): void {
  saveText(`${name}.csv`, csvText(table), 'text/csv');
}

/** RFC 4180: cells are quoted where they must be. */
export function csvText({ columns, rows }: Pick<TableOutput, 'columns' | 'rows'>): string {
  const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return [columns, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** The stack as one .npy movie [frame, row, column]. */
export async function movieFile(item: ArrayItem): Promise<File> {
  const bytes = await ask<Uint8Array<ArrayBuffer>>('array', 'movie', item);
  return new File([bytes], `${stemOf(item)}.npy`);
}
