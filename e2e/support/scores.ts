// The table Scores as it stands: a row per open data set, text of four decimals, the full value in the title.
import type { Page } from '@playwright/test';
import { expect } from './test.ts';

export const FIGURES = ['recall', 'precision', 'combined', 'inclusion', 'exclusion'] as const;
export type Figure = (typeof FIGURES)[number];

export interface ScoreRow {
  /** Four decimals. */
  readonly texts: Readonly<Record<Figure, string>>;
  /** Full values as text; '' where there is none. */
  readonly full: Readonly<Record<Figure, string>>;
  readonly threshold: string;
}

export async function showScores(page: Page): Promise<void> {
  const tab = page.getByRole('tab', { name: /^Scores/ });
  await tab.click();
  await expect(tab).toHaveAttribute('aria-selected', 'true');
}

/** Needs `showScores` first. */
export async function scoreRow(page: Page, shortName: string): Promise<ScoreRow> {
  const table = page.getByRole('table', { name: 'Scores', exact: true });
  const heads = await table.getByRole('columnheader').allTextContents();
  const row = table.getByRole('row').filter({ has: page.getByRole('rowheader', { name: shortName, exact: true }) });
  const cells = await row
    .getByRole('cell')
    .evaluateAll((all) => all.map((cell) => [cell.textContent, cell.getAttribute('title')]));
  const cell = (name: string) => cells[heads.indexOf(name) - 1] ?? [];
  const pick = (which: 0 | 1) =>
    Object.fromEntries(FIGURES.map((name) => [name, cell(name)[which] ?? ''])) as Record<Figure, string>;
  return { texts: pick(0), full: pick(1), threshold: cell('threshold')[0] ?? '' };
}

export async function expectFull(
  page: Page,
  shortName: string,
  wanted: Readonly<Partial<Record<Figure, number>>>,
): Promise<void> {
  const texts = Object.fromEntries(Object.entries(wanted).map(([name, value]) => [name, String(value)]));
  await expect.poll(async () => (await scoreRow(page, shortName)).full, { message: shortName }).toMatchObject(texts);
}
