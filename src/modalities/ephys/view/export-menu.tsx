// The menu Export: everything that can be saved of a data set, named after the file it writes; what is not there yet says why.
import { lazy, type ReactElement, Suspense, useState } from 'react';
import { resources } from '../../../state/resources.ts';
import { SaveIcon } from '../../../ui/icons.tsx';
import { Menu, type MenuItem } from '../../../ui/menu.tsx';
import { templatesKey } from './compute-metrics.ts';
import type { EphysDataset } from './datasets.ts';
import {
  saveCorrelograms,
  saveCuration,
  saveDriftPicture,
  saveFirings,
  saveMetrics,
  savePhy,
  saveSorting,
  saveTemplates,
  saveTracesPicture,
} from './exports.ts';
import { useEphys } from './hooks.ts';
import type { TracesPicture } from './traces-picture.ts';
import { unitsOf } from './units.ts';

const SubsetDialog = lazy(async () => ({ default: (await import('./subset-dialog.tsx')).SubsetDialog }));

interface ExportMenuProps {
  readonly dataset: EphysDataset;
  readonly picture: TracesPicture | null;
}

export function ExportMenu({ dataset, picture }: ExportMenuProps): ReactElement {
  const [subset, setSubset] = useState(false);
  useEphys(dataset, ({ versions, sorting }) => `${versions.units} ${versions.metrics} ${sorting}`);
  const hasUnits = unitsOf(dataset).units.size > 0;
  const hasTemplates = resources.has(templatesKey(dataset));
  const noUnits = 'no sorting is open';
  const groups = [
    [
      item('Metrics CSV', () => saveMetrics(dataset), hasUnits, noUnits),
      item('Sorting NPZ', () => saveSorting(dataset), hasUnits, noUnits),
      item('Firings MDA', () => saveFirings(dataset), hasUnits, noUnits),
      item('Phy files ZIP', () => savePhy(dataset), hasUnits, noUnits),
      item('Curation JSON', () => saveCuration(dataset), hasUnits, noUnits),
    ],
    [
      item('Correlograms NPY', () => saveCorrelograms(dataset), hasUnits, noUnits),
      item('Templates NPY', () => saveTemplates(dataset), hasTemplates, 'after Compute metrics'),
    ],
    [item('Recording subset', () => setSubset(true), dataset.recording !== null, 'no recording is open')],
    [
      item('Traces PNG', () => picture && saveTracesPicture(dataset, picture), picture !== null, 'no picture on screen'),
      item(
        'Drift map PNG',
        () => saveDriftPicture(dataset),
        document.querySelector('canvas[aria-label="Drift map"]') !== null,
        'open the tab Drift map',
      ),
    ],
  ];
  return (
    <>
      <Menu label="Export" icon={SaveIcon} kind="edge" align="end" groups={groups} />
      <Suspense>{subset && <SubsetDialog dataset={dataset} onClose={() => setSubset(false)} />}</Suspense>
    </>
  );
}

function item(label: string, run: () => void, ready: boolean, why: string): MenuItem {
  return { label, run, ...(ready ? {} : { disabled: true, note: why }) };
}
