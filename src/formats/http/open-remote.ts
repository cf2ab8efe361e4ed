// Opens what an address names. Only the page remote.html may: the policy of the other one refuses every foreign address.
import { SomascopeError } from '../../base/errors.ts';
import type { RemoteAddress } from '../../base/remote.ts';
import { unpackedSource } from '../gzip.ts';
import { openHdf5 } from '../hdf5/index.ts';
import { openNifti } from '../nifti/index.ts';
import { openNpyVolume } from '../npy/index.ts';
import { openNrrd } from '../nrrd/index.ts';
import { type DecodePicture, decodeInBrowser } from '../picture.ts';
import { openPrecomputed } from '../precomputed/index.ts';
import type { FileStore } from '../store.ts';
import { openTiffVolume } from '../tiff/index.ts';
import type { VolumeReader } from '../volume.ts';
import { openZarr } from '../zarr/index.ts';
import { openBossdb } from './bossdb.ts';
import type { HttpOptions } from './request.ts';
import { openHttp } from './source.ts';
import { httpStore } from './store.ts';

export interface RemoteOptions extends HttpOptions {
  readonly decode?: DecodePicture;
}

/** The volumes at `address`, at least one. Throws what its readers throw; refusals of the server are explained. */
export async function openRemoteVolume(address: RemoteAddress, options: RemoteOptions = {}): Promise<VolumeReader[]> {
  const { decode = decodeInBrowser, signal } = options;
  // The signal ends the opening, not the reads that come later.
  const lasting: HttpOptions = { ...options, signal: undefined };
  switch (address.kind) {
    case 'precomputed':
      return openStore(address.url, lasting, (store) => openPrecomputed(store, { decode, signal }));
    case 'zarr':
      return openStore(address.url, lasting, (store) => openZarr(store, signal));
    case 'bossdb':
      return [await openBossdb(address.url, lasting)];
    case 'file':
      return openRemoteFile(address, lasting, signal);
  }
}

async function openStore(
  url: string,
  options: HttpOptions,
  open: (store: FileStore) => Promise<VolumeReader>,
): Promise<VolumeReader[]> {
  const store = httpStore(url, options);
  try {
    return [await open(store)];
  } catch (error) {
    throw store.refused() ?? error;
  }
}

async function openRemoteFile(
  { url, format }: RemoteAddress,
  options: HttpOptions,
  signal?: AbortSignal,
): Promise<VolumeReader[]> {
  const source = await openHttp(url, options);
  if (format === 'npy') return [await openNpyVolume(source, {}, signal)];
  if (format === 'npygz') return [await openNpyVolume(unpackedSource(source, 'deflate'), { isSequential: true }, signal)];
  if (format === 'nifti') return [await openNifti(source, { signal })];
  if (format === 'nrrd') return [await openNrrd(source, { signal })];
  if (format === 'tiff') return [await openTiffVolume(url, [{ name: url, open: () => source }], signal)];
  if (format === 'hdf5') return openHdf5(source, signal);
  throw new SomascopeError(
    'Unsupported',
    `${format ?? 'Such'} files are not read from an address.`,
    { file: url },
    'Download the file and drop it.',
  );
}
