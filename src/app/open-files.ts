// Dropped files -> listing -> detect -> open. One alert says what could not be opened; what is open stays open.

import { SomascopeError } from '../base/errors.ts';
import { fingerprintOf } from '../base/fingerprint.ts';
import { baseName, entryAt, type FileListing } from '../base/listing.ts';
import { mark } from '../base/marks.ts';
import { byteSize } from '../base/number-format.ts';
import type { Match, MatchPart, Modality } from '../modalities/modality.ts';
import { modalities } from '../modalities/registry.ts';
import { notify, reportError } from '../state/log.ts';
import { originsOf } from '../state/origins.ts';
import type { Origins } from '../state/saved.ts';
import { session } from '../state/session.ts';
import { entryHead, listFiles, type NamedFile, openDataset } from '../workers/client.ts';
import { addDataset, datasetById, newDatasetId, openDatasets, replaceDataset } from './datasets.ts';
import { keepDataset, recall, twinOf } from './keep.ts';
import { tellMissing } from './link.ts';
import { isSession, openSession } from './open-session.ts';
import { loadView } from './views.ts';

interface Found {
  readonly modality: Modality;
  readonly match: Match;
}

let queue: Promise<void> = Promise.resolve();

/** Opens files one drop after another; resolves when this drop is done, whether it opened or was refused. */
export function openFiles(files: readonly NamedFile[]): Promise<void> {
  mark('drop');
  queue = queue.then(() => openDrop(files));
  return queue;
}

async function openDrop(files: readonly NamedFile[]): Promise<void> {
  const label = files.length === 1 ? files[0]!.file.name : `${files.length} files`;
  session.setState({ opening: label });
  try {
    refuseEmpty(files);
    const drop = { shown: 0 };
    // Each archive is listed for itself, so that a broken one does not keep the others from opening.
    for (const group of groups(files)) {
      try {
        await openGroup(group, drop);
      } catch (error) {
        reportError(error, `${groupName(group)} could not be opened`);
      }
    }
    if (drop.shown > 0) tellMissing();
  } catch (error) {
    reportError(error, `${label} could not be opened`);
  } finally {
    session.setState({ opening: '' });
  }
}

function refuseEmpty(files: readonly NamedFile[]): void {
  if (files.length === 0) {
    throw new SomascopeError(
      'NotRecognised',
      'Nothing was dropped that can be read as a file.',
      {},
      'Drop files, zips or a folder.',
    );
  }
}

const isZip = ({ file }: NamedFile) => /\.zip$/i.test(file.name);

/** A JSON file dropped beside others, not inside their folder: regions for what is opened with it. */
const isLooseJson = ({ path }: NamedFile) => /^[^/]+\.json$/i.test(path);

/** Every zip for itself, all loose files together, because they belong to one folder; layers after the data sets they lie on. */
function groups(files: readonly NamedFile[]): NamedFile[][] {
  const zips = files.filter(isZip).map((one) => [one]);
  const loose = files.filter((one) => !isZip(one));
  const data = loose.filter((one) => !isLooseJson(one));
  const layers = loose.filter(isLooseJson).map((one) => [one]);
  return [...zips, ...(data.length > 0 ? [data] : []), ...layers];
}

function groupName(group: readonly NamedFile[]): string {
  const top = group[0]!.path.split('/')[0]!;
  return group.length === 1
    ? baseName(group[0]!.path)
    : group.every(({ path }) => path.startsWith(`${top}/`))
      ? top
      : `${group.length} files`;
}

async function openGroup(group: readonly NamedFile[], drop: { shown: number }): Promise<void> {
  for (const { file } of group) {
    if (group.length === 1 && file.size === 0) {
      throw new SomascopeError(
        'CutOff',
        'The file is empty.',
        { file: file.name },
        'Was the download complete? Get it again, then drop it here.',
      );
    }
  }
  if (group.length === 1 && (await isSession(group[0]!.file))) {
    await openSession(group[0]!.file);
    return;
  }
  const listing = await listFiles(group);
  mark('listed');
  const { modality, match } = await recognise(listing, groupName(group));
  if (match.kind === 'layer') {
    await modality.addLayer?.(listing, openDatasets(), session.getState().activeId);
    return;
  }
  await loadView(modality);
  const origins = await originsOf(group.map(({ file }) => file));
  for (const part of match.parts) {
    await openPart(modality, { listing, origins }, part, drop.shown === 0);
    drop.shown++;
  }
}

interface Given {
  readonly listing: FileListing;
  readonly origins: Origins;
}

/** Of several data sets in one drop the first is shown; the others are read when somebody looks at them. */
async function openPart(
  modality: Modality,
  { listing, origins }: Given,
  { name, root }: MatchPart,
  show: boolean,
): Promise<void> {
  const fingerprint = fingerprintOf(listing, root);
  const [info, saved, keeper] = await Promise.all([
    openDataset(modality.id, listing, root),
    recall(fingerprint),
    modality.keeper?.(),
  ]);
  const opened = { modality: modality.id, name, listing, root, info };
  const twin = datasetById(twinOf(fingerprint));
  // A copy under another name is a data set of its own.
  if (twin && modality.reconnect && sameFiles(twin.listing, listing)) {
    const again = { ...opened, id: twin.id };
    replaceDataset(again, show);
    modality.reconnect(again);
    notify('success', `${name} was open already`, 'It goes on with the files that were opened now.');
    return;
  }
  const dataset = { ...opened, id: newDatasetId() };
  addDataset(dataset, show);
  // In one go with putting it on screen: what is shown first is what was left.
  if (keeper) keepDataset(dataset, keeper(dataset), { fingerprint, saved, origins });
  await modality.opened?.(dataset);
}

function sameFiles(a: FileListing, b: FileListing): boolean {
  return a.files.length === b.files.length && a.files.every(({ name }, i) => name === b.files[i]!.name);
}

async function recognise(listing: FileListing, name: string): Promise<Found> {
  const head = (index: number) => entryHead(listing, index);
  const found: Found[] = [];
  for (const modality of modalities) {
    const match = await modality.detect(listing, head);
    if (match) found.push({ modality, match });
  }
  const best = found.sort((a, b) => b.match.score - a.match.score)[0];
  if (!best) throw notRecognised(listing, name);
  return best;
}

const SHOWN = 5;

function notRecognised(listing: FileListing, name: string): SomascopeError {
  const seen = listing.paths.slice(0, SHOWN).map((path, index) => `${path} (${byteSize(entryAt(listing, index).size)})`);
  const more = listing.paths.length - seen.length;
  const what =
    listing.paths.length === 0
      ? 'It holds no files.'
      : `It holds ${seen.join(', ')}${more > 0 ? ` and ${more.toLocaleString('en-US')} more` : ''}.`;
  return new SomascopeError(
    'NotRecognised',
    `No data set was found. ${what}`,
    { file: name },
    `Accepted: ${modalities.map(({ title, blurb }) => `${title} (${blurb})`).join('; ')}.`,
  );
}
