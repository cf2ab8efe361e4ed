// The menu Export: everything that can be saved of a data set, named after the file it writes; what is not there yet says why.
import { lazy, type ReactElement, Suspense, useState } from 'react';
import { useStore } from 'zustand';
import { resources } from '../../../state/resources.ts';
import { SaveIcon } from '../../../ui/icons.tsx';
import { Menu, type MenuItem } from '../../../ui/menu.tsx';
import type { SubsetFormat } from '../shared/exports.ts';
import { templatesKey } from './compute-metrics.ts';
import type { EphysDataset } from './datasets.ts';
import {
  type PictureFormat,
  saveCorrelograms,
  saveCuration,
  saveFirings,
  saveMetrics,
  savePhy,
  savePicture,
  saveSorting,
  saveTemplates,
} from './exports.ts';
import { useEphys } from './hooks.ts';
import { pictureNames, shownPicture } from './pictures.ts';
import { unitsOf } from './units.ts';

const SubsetDialog = lazy(async () => ({ default: (await import('./subset-dialog.tsx')).SubsetDialog }));

const PictureDialog = lazy(async () => ({ default: (await import('./picture-dialog.tsx')).PictureDialog }));

const FORMATS: readonly PictureFormat[] = ['PNG', 'SVG'];

export function ExportMenu({ dataset }: { readonly dataset: EphysDataset }): ReactElement {
  const [subset, setSubset] = useState<SubsetFormat | null>(null);
  const [picking, setPicking] = useState(false);
  useEphys(dataset, ({ versions, sorting }) => `${versions.units} ${versions.metrics} ${sorting}`);
  useStore(pictureNames);
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
    [
      item('Recording subset', () => setSubset('flat'), dataset.recording !== null, 'no recording is open'),
      item('Recording MDA ZIP', () => setSubset('mda'), dataset.recording !== null, 'no recording is open'),
    ],
    [
      ...FORMATS.map((format) => pictureItem(dataset, 'Traces', format, 'no recording is open')),
      ...FORMATS.map((format) => pictureItem(dataset, 'Drift map', format, 'open the tab Drift map')),
      item('Other picture…', () => setPicking(true), true, ''),
    ],
  ];
  return (
    <>
      <Menu label="Export" icon={SaveIcon} kind="edge" align="end" groups={groups} />
      <Suspense>
        {subset && <SubsetDialog dataset={dataset} format={subset} onClose={() => setSubset(null)} />}
        {picking && <PictureDialog dataset={dataset} onClose={() => setPicking(false)} />}
      </Suspense>
    </>
  );
}

function pictureItem(dataset: EphysDataset, label: string, format: PictureFormat, why: string): MenuItem {
  const save = () => {
    const picture = shownPicture(label);
    if (picture) savePicture(dataset, picture, format);
  };
  return item(`${label} ${format}`, save, shownPicture(label) !== undefined, why);
}

function item(label: string, run: () => void, ready: boolean, why: string): MenuItem {
  return { label, run, ...(ready ? {} : { disabled: true, note: why }) };
}
