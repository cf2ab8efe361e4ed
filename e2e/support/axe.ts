// axe over what is on screen.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './test.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Each finding as "rule: element, why"; empty on a page without fault. With `within`, a selector, of that part alone. */
export async function faults(page: Page, within?: string): Promise<string[]> {
  // Legacy mode leaves frames of other origins out, of which the page has none, and takes half the time.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).withTags(RULES);
  const { violations, passes } = await (within ? axe.include(within) : axe).analyze();
  // An empty screen has no faults either.
  expect(passes.length).toBeGreaterThan(10);
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}, ${node.failureSummary}`));
}

export async function expectNoFaults(page: Page): Promise<void> {
  expect(await faults(page)).toEqual([]);
}
