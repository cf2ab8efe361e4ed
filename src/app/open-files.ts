// Dropped files -> listing -> detect -> open. One alert says what could not be opened; what is open stays open.

import { fromPlain, isSomascopeError, SomascopeError } from '../base/errors.ts';
import { getOrMake } from '../base/get-or-make.ts';
import { baseName, entryAt, type FileListing } from '../base/listing.ts';
import { mark } from '../base/marks.ts';
import { byteSize } from '../base/number-format.ts';
import { breathe } from '../base/steps.ts';
import type { Head, Match, Modality } from '../modalities/modality.ts';
import { modalities } from '../modalities/registry.ts';
import { addOrigins } from '../state/keeping.ts';
import { reportError } from '../state/log.ts';
import { originsOf } from '../state/origins.ts';
import { resources } from '../state/resources.ts';
import { session } from '../state/session.ts';
import { entryHead, listFiles, type NamedFile } from '../workers/client.ts';
import { openDatasets } from './datasets.ts';
import { tellMissing } from './link.ts';
import { openPart } from './open-part.ts';
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
    const layers: NamedLayer[] = [];
    // Each archive is listed for itself, so that a broken one does not keep the others from opening.
    for (const group of await groups(files)) {
      await told(group, async () => {
        const layer = await openGroup(group, drop);
        if (layer) layers.push({ name: groupName(group), add: layer });
      });
    }
    // Layers last, whatever order the files came in: they lie on the data sets of the same drop.
    await addLayers(layers);
    if (drop.shown > 0) tellMissing();
  } catch (error) {
    reportError(error, `${label} could not be opened`);
  } finally {
    session.setState({ opening: '' });
  }
}

/** Runs what is done for a group; a failure is told under its name. */
async function told(group: readonly NamedFile[], task: () => Promise<void>): Promise<void> {
  try {
    await task();
  } catch (error) {
    reportError(error, `${groupName(group)} could not be opened`);
  }
}

interface NamedLayer {
  readonly name: string;
  readonly add: () => Promise<void>;
}

/** Files that are refused for the same reason share one alert, which names them all. */
async function addLayers(layers: readonly NamedLayer[]): Promise<void> {
  const refused = new Map<string, { readonly error: unknown; readonly files: string[] }>();
  for (const { name, add } of layers) {
    try {
      await add();
    } catch (error) {
      const reason = isSomascopeError(error) ? `${error.message} ${error.hint}` : `${name} ${String(error)}`;
      const file = (isSomascopeError(error) && error.place.file) || name;
      getOrMake(refused, reason, () => ({ error, files: [] })).files.push(file);
    }
  }
  for (const { error, files } of refused.values()) {
    const isOne = files.length === 1 || !isSomascopeError(error);
    const shared = isOne ? error : new SomascopeError(error.tag, error.message, { file: files.join(', ') }, error.hint, error);
    reportError(shared, `${isOne ? files[0] : `${files.length} files`} could not be opened`);
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

/** A JSON file dropped beside others, not inside their folder. */
const isLooseJson = ({ path }: NamedFile) => /^[^/]+\.json$/i.test(path);

const HEAD_BYTES = 4096;

/** Whether it says how to read what lies beside it; else it is regions for what is opened with it. */
async function describesOthers({ path, file }: NamedFile): Promise<boolean> {
  const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  return modalities.some((modality) => modality.describes?.(path, head));
}

/** Every zip for itself, all loose files together, because they belong to one folder; loose JSON files that are layers each for itself. */
async function groups(files: readonly NamedFile[]): Promise<NamedFile[][]> {
  const zips = files.filter(isZip).map((one) => [one]);
  const loose = files.filter((one) => !isZip(one));
  const data = loose.filter((one) => !isLooseJson(one));
  const layers: NamedFile[][] = [];
  for (const json of loose.filter(isLooseJson)) {
    if (data.length > 0 && (await describesOthers(json))) data.push(json);
    else layers.push([json]);
  }
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

/** What adds the layers of a group, where it holds any. */
type AddLayers = (() => Promise<void>) | undefined;

/** Opens the data sets of a group; what adds its layers is handed back. */
async function openGroup(group: readonly NamedFile[], drop: { shown: number }): Promise<AddLayers> {
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
    return undefined;
  }
  const { listing, faults } = await listFiles(group, resources.budget);
  for (const fault of faults) reportError(fromPlain(fault), `${baseName(fault.place.entry ?? groupName(group))} is left out`);
  mark('listed');
  const candidates = await recognise(listing, groupName(group));
  for (const [at, found] of candidates.entries()) {
    try {
      return await openAs(found, { files: group, listing, drop });
    } catch (error) {
      const last = at === candidates.length - 1;
      if (last || !mayBeElse(found.match) || !isSomascopeError(error, 'Unsupported')) throw error;
    }
  }
  return undefined;
}

/** Files of a drop that belong together. */
interface Group {
  readonly files: readonly NamedFile[];
  readonly listing: FileListing;
  readonly drop: { shown: number };
}

async function openAs(found: Found, group: Group): Promise<AddLayers> {
  const { modality, match } = found;
  const { listing } = group;
  if (match.kind === 'layer') return () => addLayer(found, group);
  const opened = await openParts(found, group);
  return match.withLayers ? async () => void (await modality.addLayer?.(listing, openDatasets(), opened)) : undefined;
}

/** On what is open, that of the same drop among it; by itself where it can, and belongs to none. */
async function addLayer(found: Found, group: Group): Promise<void> {
  const { modality, match } = found;
  const isBeside = !match.standsAlone || isOpen(modality);
  const place = isBeside ? await modality.addLayer?.(group.listing, openDatasets(), session.getState().activeId) : 'alone';
  if (place === 'alone' && match.standsAlone) await openParts(found, group);
  else if (typeof place === 'object') addOrigins(place.joined, await originsOf(group.files.map(({ file }) => file)));
}

/** Returns the id of the first. */
async function openParts({ modality, match }: Found, { files, listing, drop }: Group): Promise<string | undefined> {
  await loadView(modality);
  const origins = await originsOf(files.map(({ file }) => file));
  let opened: string | undefined;
  for (const part of match.parts) {
    // Of several data sets in one drop the first is shown; the others are read when somebody looks at them.
    const id = await openPart(modality, { listing, origins }, part, drop.shown === 0);
    drop.shown++;
    opened ??= id;
  }
  return opened;
}

const isOpen = ({ id }: Modality) => openDatasets().some(({ modality }) => modality === id);

const CERTAIN = 1;

/** What only looked like a data set, and turns out to be something else, goes to whoever takes anything. */
function mayBeElse({ kind, score }: Match): boolean {
  return kind === 'dataset' && score < CERTAIN;
}

const MANY = 4000;

async function ask(modality: Modality, listing: FileListing, head: Head): Promise<{ modality: Modality; match: Match | null }> {
  return { modality, match: await modality.detect(listing, head) };
}

/** Whoever knows what to do with it, the surest first; at least one. */
async function recognise(listing: FileListing, name: string): Promise<Found[]> {
  const heads = new Map<number, Promise<Uint8Array>>();
  const head = (index: number) => getOrMake(heads, index, () => entryHead(listing, index));
  const asked: Promise<{ modality: Modality; match: Match | null }>[] = [];
  for (const modality of modalities) {
    asked.push(ask(modality, listing, head));
    // Each looks through all names, of which a zip may hold 25,000.
    if (listing.paths.length > MANY) await breathe();
  }
  const answers = await Promise.all(asked);
  const found = answers.flatMap(({ modality, match }) =>
    match && (!match.onlyBeside || isOpen(modality)) ? [{ modality, match }] : [],
  );
  if (found.length === 0) throw notRecognised(listing, name);
  return found.sort((a, b) => b.match.score - a.match.score);
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
