import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isNumber, parseCsv } from './csv.ts';

it('reads names, quotes, line ends in cells, CRLF and a byte order mark', () => {
  expect(parseCsv('\uFEFFid,what\r\n1,"a ""b"", c\nd"\r\n2,\r\n')).toEqual({
    columns: ['id', 'what'],
    rows: [
      ['1', 'a "b", c\nd'],
      ['2', ''],
    ],
  });
});

it('finds the separator, and makes names up where the first row is numbers', () => {
  expect(parseCsv('a;b,c;d\n1;2;3')).toEqual({ columns: ['a', 'b,c', 'd'], rows: [['1', '2', '3']] });
  expect(parseCsv(',a\n0,1').columns).toEqual(['column 0', 'a']);
  expect(parseCsv('1\t2\n3\tNaN\n\n')).toEqual({
    columns: ['column 0', 'column 1'],
    rows: [
      ['1', '2'],
      ['3', 'NaN'],
    ],
  });
  expect(parseCsv('')).toEqual({ columns: [], rows: [] });
});

it('takes rows of different length and quotes that never close', () => {
  expect(parseCsv('a,b\n1\n1,2,3\n"open')).toEqual({ columns: ['a', 'b', 'column 2'], rows: [['1'], ['1', '2', '3'], ['open']] });
});

it('knows numbers', () => {
  expect(['1', ' -2.5e3 ', '', 'nan', '0x10'].map(isNumber)).toEqual([true, true, true, true, true]);
  expect(['a', '1,5', '2020-01-01'].map(isNumber)).toEqual([false, false, false]);
});

it('reads back whatever is written with every cell quoted', () => {
  const cells = fc.array(fc.array(fc.string(), { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(cells, (rows) => {
      const quote = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
      const text = ['"name","other"', ...rows.map((row) => row.map(quote).join(','))].join('\r\n');
      expect(parseCsv(text).rows).toEqual(rows);
    }),
  );
});
