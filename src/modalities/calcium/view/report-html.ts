// The report page: one HTML file that needs nothing else, reads well on screen and on paper, and holds no script.
import { escapeMarkup as escaped } from '../../../ui/markup.ts';

export type ReportFact = readonly [name: string, value: string];

export interface ReportParts {
  readonly title: string;
  /** One line below the title. */
  readonly subtitle: string;
  /** The figure, SVG. */
  readonly figure: string;
  readonly facts: readonly ReportFact[];
  /** Empty where there is no score. */
  readonly scores: readonly ReportFact[];
  readonly parameters: readonly ReportFact[];
  readonly columns: readonly string[];
  /** Columns of numbers are set to the right. */
  readonly numeric: readonly boolean[];
  readonly rows: readonly (readonly string[])[];
  readonly source: string;
  /** JSON for programs. */
  readonly metadata: string;
}

const STYLE = `
:root { color-scheme: light; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1.5rem; font: 14px/1.5 Arial, Helvetica, sans-serif; color: #161616; background: #fff; }
h1 { margin: 0; font-size: 24px; line-height: 1.25; }
h2 { margin: 2rem 0 .5rem; font-size: 16px; break-after: avoid; }
.sub, footer { color: #525252; }
figure { margin: 1.5rem 0; break-inside: avoid; }
figure svg { display: block; width: 100%; max-width: 48rem; height: auto; }
.lists { display: grid; grid-template-columns: repeat(auto-fit, minmax(16rem, 1fr)); gap: 0 2rem; }
dl { display: grid; grid-template-columns: auto 1fr; gap: .15rem 1rem; margin: 0; }
dt { color: #525252; }
dd { margin: 0; text-align: right; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; font-size: 12px; }
th, td { padding: .25rem .5rem; border-bottom: 1px solid #e0e0e0; text-align: left; vertical-align: top; }
th { border-bottom-color: #161616; }
th:last-child { width: 50%; }
.n { text-align: right; font-variant-numeric: tabular-nums; }
tr { break-inside: avoid; }
thead { display: table-header-group; }
footer { margin-top: 2rem; padding-top: .75rem; border-top: 1px solid #e0e0e0; font-size: 12px; overflow-wrap: anywhere; }
@page { size: A4; margin: 16mm; }
@media print { body { max-width: none; margin: 0; padding: 0; font-size: 10pt; } table { font-size: 8pt; } th, td { padding: .2rem .3rem; } figure svg { width: auto; max-width: 100%; max-height: 150mm; } }
`;

export function reportHtml(parts: ReportParts): string {
  const { title, subtitle, figure, facts, scores, parameters, columns, numeric, rows, source, metadata } = parts;
  const cell = (tag: 'th' | 'td') => (value: string, i: number) =>
    `<${tag}${tag === 'th' ? ' scope="col"' : ''}${numeric[i] ? ' class="n"' : ''}>${escaped(value)}</${tag}>`;
  const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta name="somascope" content="${escaped(metadata)}">`,
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    '<header>',
    `<h1>${escaped(title)}</h1>`,
    `<p class="sub">${escaped(subtitle)}</p>`,
    '</header>',
    '<main>',
    `<figure>${figure}</figure>`,
    '<div class="lists">',
    list('Data set', facts),
    list('Score', scores),
    list('Parameters', parameters),
    '</div>',
    `<h2>Regions (${rows.length})</h2>`,
    '<table>',
    `<thead><tr>${columns.map(cell('th')).join('')}</tr></thead>`,
    '<tbody>',
    ...rows.map((row) => `<tr>${row.map(cell('td')).join('')}</tr>`),
    '</tbody>',
    '</table>',
    '</main>',
    `<footer>${escaped(source)}</footer>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function list(heading: string, facts: readonly ReportFact[]): string {
  if (facts.length === 0) return '';
  const items = facts.map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`);
  return `<section><h2>${escaped(heading)}</h2><dl>${items.join('')}</dl></section>`;
}
