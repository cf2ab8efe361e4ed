// What exports of a data set say of where they come from.
import { makeProvenance, type Provenance } from '../../../base/provenance.ts';
import type { CalciumDataset } from './datasets.ts';

/** Lengths in pixels; `time` is left out where equal content must give equal bytes. */
export function provenanceOf({ info, store, fingerprint }: CalciumDataset, time?: Date): Provenance {
  const { predictionSource, labels, sensitivity, diameter, foundDiameter, confidence, threshold } = store.getState();
  const parameters = {
    predictions: predictionSource || null,
    'labels are': labels,
    sensitivity,
    'soma diameter px': diameter ?? foundDiameter,
    'confidence from': confidence,
    'match threshold px': threshold,
  };
  return makeProvenance({ dataset: info.shortName, fingerprint, parameters, ...(time && { time }) });
}
