// Saves the figure as SVG, and the report page around it. Loaded when it is asked for.
import { fixed, grouped, MISSING } from '../../../base/number-format.ts';
import { type Parameter, type Provenance, provenanceLine, provenanceText } from '../../../base/provenance.ts';
import { centre } from '../../../base/region.ts';
import { formatScore } from '../../../base/rounding.ts';
import { movieFacts } from './about-panel.tsx';
import { type CalciumDataset, detectionsOf, truthOf } from './datasets.ts';
import { exportName } from './export-names.ts';
import { figureParts } from './figure.ts';
import { figureSvg } from './figure-svg.ts';
import type { Drawn } from './picture-png.ts';
import { provenanceOf } from './provenance.ts';
import { describeRow, type RegionRow, regionRows } from './region-rows.ts';
import { type ReportFact, type ReportParts, reportHtml } from './report-html.ts';
import { attempt, countOf, saveEncoded, tell } from './saving.ts';

export function saveFigure(dataset: CalciumDataset, picture: Drawn): Promise<void> {
  const file = exportName(dataset.info.shortName, 'svg');
  return attempt(file, async () => {
    const parts = await figureParts(dataset, picture, provenanceOf(dataset, { time: new Date() }));
    const count = parts.outlines.reduce((sum, { paths }) => sum + paths.length, 0);
    tell(file, saveEncoded(file, figureSvg(parts), 'image/svg+xml'), countOf(count, 'outline', 'outlines'));
  });
}

export function saveReport(dataset: CalciumDataset, picture: Drawn): Promise<void> {
  const file = exportName(dataset.info.shortName, 'report.html');
  return attempt(file, async () => {
    const provenance = provenanceOf(dataset, { time: new Date() });
    const figure = figureSvg(await figureParts(dataset, picture, provenance));
    const parts = reportParts(dataset, figure, provenance);
    tell(
      file,
      saveEncoded(file, reportHtml(parts), 'text/html'),
      `${countOf(parts.rows.length, 'region', 'regions')}, prints as it is`,
    );
  });
}

const COLUMNS = ['Region', 'Row', 'Column', 'Area, px', 'Result', 'Distance, px', 'Confidence', 'Kind', 'Why'];
const NUMERIC = [true, true, true, true, false, true, true, false, false];

function reportParts(dataset: CalciumDataset, figure: string, provenance: Provenance): ReportParts {
  const { info, store, fingerprint } = dataset;
  const { score, threshold } = store.getState();
  const record = Object.entries(info.facts.record);
  return {
    title: `${dataset.name}: calcium imaging`,
    subtitle: `${grouped(info.movie.frames)} frames of ${info.movie.height} × ${info.movie.width} pixels`,
    figure,
    facts: [...movieFacts(info), ['Fingerprint', fingerprint], ...record],
    scores: score
      ? [
          ...(['combined', 'recall', 'precision', 'inclusion', 'exclusion'] as const).map(
            (name): ReportFact => [name.charAt(0).toUpperCase() + name.slice(1), formatScore(score[name])],
          ),
          ['Matched, extra, missed', `${score.matched}, ${score.extra}, ${score.missed}`],
          ...(score.note ? [['Note', score.note] as const] : []),
        ]
      : [],
    parameters: Object.entries(provenance.parameters).map(([name, value]) => [name, parameterText(value)]),
    columns: COLUMNS,
    numeric: NUMERIC,
    rows: regionRows(dataset).map((row) => cellsOf(dataset, row, threshold)),
    source: provenanceLine(provenance),
    metadata: provenanceText(provenance),
  };
}

/** Four digits are enough for people; the file's metadata has them all. */
function parameterText(value: Parameter): string {
  if (value === null) return MISSING;
  return typeof value === 'number' ? String(Number(value.toPrecision(4))) : String(value);
}

function cellsOf(dataset: CalciumDataset, row: RegionRow, threshold: number): string[] {
  const region = row.layer === 'truth' ? truthOf(dataset)?.regions[row.index] : detectionsOf(dataset)[row.index]?.region;
  const [atRow, atCol] = region ? centre(region) : [];
  const why = [row.evidence, row.result ? describeRow(row, threshold) : ''].filter(Boolean).join('; ');
  const numbers = [fixed(row.distance, 1), fixed(row.confidence, 2)];
  return [row.label, fixed(atRow, 1), fixed(atCol, 1), grouped(row.area), row.result ?? MISSING, ...numbers, row.kind, why];
}
