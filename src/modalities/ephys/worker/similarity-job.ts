// Reads similar_templates.npy of a phy folder: until somebody curates, its units are called as its templates.
import { SomascopeError } from '../../../base/errors.ts';
import { singleJob } from '../../../base/job.ts';
import { readSimilarTemplates } from '../../../formats/phy/index.ts';
import type { Similarity, SimilarityInput } from '../shared/similarity.ts';
import { phyFilesOf } from './open-files.ts';

/** Throws NotRecognised where the folder has none, else as `readSimilarTemplates`. */
export const similarityJob = singleJob<SimilarityInput, Similarity>(async ({ listing, found }, { signal }) => {
  const saved = await readSimilarTemplates(phyFilesOf(listing, found), signal);
  if (!saved) throw new SomascopeError('NotRecognised', `${found.name} has no similar_templates.npy.`, { file: found.name });
  return { ids: Array.from({ length: saved.shape[0]! }, (_, template) => template), values: Float64Array.from(saved.data) };
});
