import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type FigureParts, figureSvg, pathData } from './figure-svg.ts';
import { reportHtml } from './report-html.ts';

const PARTS: FigureParts = {
  width: 40,
  height: 20,
  png: 'data:image/png;base64,AAAA',
  title: 'a <b> & "c"',
  outlines: [{ name: 'truth-missed', colour: '#f0e442', dash: 'dotted', thin: true, paths: ['M1 2L3 4Z'] }],
  legend: [
    { colour: '#56b4e9', dash: 'solid', thin: false, text: 'Matched 3' },
    { colour: '#f0e442', dash: 'dotted', thin: true, text: 'Missed 1' },
  ],
  scaleBar: { length: 10, text: '10 µm' },
  notes: ['Combined 0.9'],
  source: 'Somascope',
  metadata: '{"a":"<"}',
};

/** Tags that open and close in order: a small check that nothing breaks the markup. */
function isBalanced(markup: string): boolean {
  const open: string[] = [];
  for (const [, slash, name, rest] of markup.matchAll(/<(\/?)([a-zA-Z]+)([^<>]*)>/g)) {
    if (slash) {
      if (open.pop() !== name) return false;
    } else if (!rest!.endsWith('/')) open.push(name!);
  }
  return open.length === 0;
}

it('holds the picture, the outlines in image pixels, the legend and the notes, well formed', () => {
  const svg = figureSvg(PARTS);
  expect(isBalanced(svg)).toBe(true);
  expect(svg).toContain('<title>a &lt;b&gt; &amp; &quot;c&quot;</title>');
  expect(svg).toContain('<metadata>{&quot;a&quot;:&quot;&lt;&quot;}</metadata>');
  // 40 px are drawn 14 times as large.
  expect(svg).toContain('<image width="560" height="280"');
  expect(svg).toContain('transform="scale(14)"');
  expect(svg).toContain('d="M1 2L3 4Z"');
  expect(svg).toMatch(/stroke="#f0e442"[^>]*stroke-dasharray="0\.1 3\.6"/);
  for (const words of ['Matched 3', 'Missed 1', '10 µm', 'Combined 0.9', 'Somascope']) expect(svg).toContain(`>${words}</text>`);
});

it('breaks long lines, and stays well formed whatever the texts are', () => {
  const long = figureSvg({ ...PARTS, notes: [Array(40).fill('recall 0.9').join(' ')] });
  expect(long.match(/recall/g)).toHaveLength(40);
  expect(long.split('\n').filter((line) => line.includes('recall')).length).toBeGreaterThan(3);
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (title, note) => {
      const svg = figureSvg({ ...PARTS, title, notes: [note], source: note, metadata: title });
      expect(isBalanced(svg)).toBe(true);
    }),
  );
});

it('contours of shown regions become closed paths, column before row', () => {
  const contours = {
    points: Float32Array.of(0, 1, 0, 2.5, 3, 4, 9, 8, 9, 9, 10, 9, 5, 5, 6, 6, 7, 5),
    starts: Int32Array.of(0, 3, 6),
    regions: Int32Array.of(0, 1, 0),
  };
  expect(pathData(contours, (region) => region === 0)).toEqual(['M1 0L2.5 0L4 3Z', 'M5 5L6 6L5 7Z']);
  expect(pathData(contours, () => false)).toEqual([]);
});

it('the report escapes what it is given, leaves out empty lists and holds no script', () => {
  const parts = {
    title: '<script>alert(1)</script>',
    subtitle: 'x',
    figure: '<svg></svg>',
    facts: [['Rate', '7 Hz <']] as const,
    scores: [],
    parameters: [['labels', 'both']] as const,
    columns: ['Region', 'Why'],
    numeric: [true, false],
    rows: [['1', 'ring & gain']],
    source: 'Somascope',
    metadata: '{"a":"\'"}',
  };
  const html = reportHtml(parts);
  expect(html).not.toContain('<script');
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(html).toContain('<td class="n">1</td><td>ring &amp; gain</td>');
  expect(html).toContain('content="{&quot;a&quot;:&quot;&#39;&quot;}"');
  expect(html).not.toContain('Score</h2>');
  expect(html).toContain('<h2>Regions (1)</h2>');
});
