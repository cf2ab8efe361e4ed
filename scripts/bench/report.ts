// The table on the screen and the JSON under bench-results/.
import { mkdirSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { fixed } from '../../src/base/number-format.ts';

export interface Row {
  readonly what: string;
  readonly unit: string;
  readonly value: number | undefined;
  readonly rival?: { readonly name: string; readonly value: number; readonly better: 'more' | 'less' };
}

/** Whole above 100, one decimal above 10, else two. */
function shown(value: number | undefined): string {
  return fixed(value, value === undefined || value >= 10 ? (value === undefined || value >= 100 ? 0 : 1) : 2);
}

/** How many times better than the rival. */
export function advantage({ value, rival }: Row): number | undefined {
  if (!rival || value === undefined) return undefined;
  return rival.better === 'more' ? value / rival.value : rival.value / value;
}

export function tableOf(rows: readonly Row[]): string {
  const cells = rows.map((row) => {
    const times = advantage(row);
    const { what, unit, value, rival } = row;
    return [
      what,
      `${shown(value)} ${unit}`,
      rival ? `${shown(rival.value)} ${unit}  ${rival.name}` : '',
      times === undefined ? '' : `${shown(times)} x`,
    ];
  });
  const all = [['', 'Somascope', 'rival', 'advantage'], ...cells];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]!.length)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export function machine(chromium: string) {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGB: totalmem() / 1e9,
    system: `${platform()} ${arch()}`,
    node: process.version,
    chromium,
  };
}

/** Writes bench-results/<time>.json and returns its path. */
export function writeReport(content: object): string {
  const folder = new URL('../../bench-results/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  const file = new URL(`${new Date().toISOString().replace(/[:.]/g, '-')}.json`, folder);
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
  return fileURLToPath(file);
}
