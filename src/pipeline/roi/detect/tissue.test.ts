import { expect, it } from 'vitest';
import { complete } from '../../../base/steps.ts';
import { tissueOf } from './tissue.ts';
import { whiten } from './whiten.ts';

const [HEIGHT, WIDTH] = [40, 50];
const plain = Float64Array.from({ length: HEIGHT * WIDTH }, (_, i) => 100 + 10 * Math.sin(i) + ((i * 7919) % 11));
const plane = (data: Float64Array<ArrayBuffer>) => ({ data, height: HEIGHT, width: WIDTH });

it('takes an ordinary image whole', () => {
  expect(tissueOf(plane(plain))).toBeNull();
});

it('leaves out black borders, missing values, and single dead or hot pixels', () => {
  const data = plain.map((value, i) => (Math.floor(i / WIDTH) < 6 || i % WIDTH < 4 ? 0 : value));
  const at = (y: number, x: number) => y * WIDTH + x;
  data[at(20, 20)] = Number.NaN;
  data[at(25, 30)] = 0;
  data[at(30, 10)] = 65535;
  const tissue = tissueOf(plane(data))!;
  expect([at(2, 30), at(30, 1), at(20, 20), at(25, 30), at(30, 10)].map((i) => tissue[i])).toEqual([0, 0, 0, 0, 0]);
  expect([at(20, 21), at(25, 31), at(31, 11), at(12, 12)].map((i) => tissue[i])).toEqual([1, 1, 1, 1]);
});

it('whitens what is left as if the rest were beyond the border', () => {
  const border = 12;
  const narrow = WIDTH - border;
  const bordered = plain.map((value, i) => (i % WIDTH < border ? 0 : value));
  const cut = Float64Array.from(
    { length: HEIGHT * narrow },
    (_, i) => plain[Math.floor(i / narrow) * WIDTH + (i % narrow) + border]!,
  );
  const whole = complete(whiten(plane(bordered), 3)).data;
  const piece = complete(whiten({ data: cut, height: HEIGHT, width: narrow }, 3)).data;
  for (let i = 0; i < whole.length; i++) {
    const x = (i % WIDTH) - border;
    expect(whole[i]!).toBeCloseTo(x < 0 ? 0 : piece[Math.floor(i / WIDTH) * narrow + x]!, 6);
  }
});
