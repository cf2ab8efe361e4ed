// A range of values by two native handles that never pass each other.
import { useState } from 'react';
import { afterEach, expect, it } from 'vitest';
import { RangePair } from './range-pair.tsx';
import { byRole, clear, show, type } from './test-page.ts';

function Page() {
  const [[low, high], setRange] = useState([2, 3]);
  return (
    <RangePair
      label="Area"
      min={0}
      max={5}
      step={0.5}
      decimals={1}
      low={low!}
      high={high!}
      onChange={(from, to) => setRange([from, to])}
    />
  );
}

afterEach(clear);

it('names both ends, says their values and keeps them in order', async () => {
  await show(<Page />);
  const low = byRole('slider', 'Area from') as HTMLInputElement;
  const high = byRole('slider', 'Area to') as HTMLInputElement;
  expect([low.value, high.value, low.ariaValueText ?? low.getAttribute('aria-valuetext')]).toEqual(['2', '3', '2.0']);
  await type(low, '4');
  expect([low.value, high.value]).toEqual(['3', '3']);
  await type(high, '1.5');
  expect([low.value, high.value]).toEqual(['3', '3']);
  await type(high, '3.5');
  expect([low.value, high.value]).toEqual(['3', '3.5']);
  expect(document.querySelector('.range-pair')!.textContent).toBe('3.03.5');
});
