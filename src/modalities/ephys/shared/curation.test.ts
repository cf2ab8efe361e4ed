import { expect, it } from 'vitest';
import { isCurationHead } from './curation.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

it.each([
  ['{"format_version": "2", "unit_ids": [1]', true],
  ['{"unit_ids": [1], "manual_labels": []}', true],
  ['{"labelsByUnit": {}}', true],
  ['{"unit_ids": [1]}', false],
  ['[{"coordinates": [[1, 2]]}]', false],
])('%s is a curation: %s', (text, expected) => {
  expect(isCurationHead(bytes(text))).toBe(expected);
});
