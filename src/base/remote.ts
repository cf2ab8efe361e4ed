// Addresses that a person types, as what lies there: a precomputed or zarr volume, a BossDB channel, a file. Text only; nothing is
// fetched here. Prefixes are neuroglancer's (precomputed://, zarr://, boss://) and those of the clouds (s3://, gs://, bossdb://).
import { SomascopeError } from './errors.ts';
import type { VolumeFormat } from './volume.ts';

export interface RemoteAddress {
  readonly kind: 'precomputed' | 'zarr' | 'bossdb' | 'file';
  /** https, without a slash at its end. For BossDB: `https://api.bossdb.io/<collection>/<experiment>/<channel>`. */
  readonly url: string;
  /** Who will be asked: shown before anything is. */
  readonly host: string;
  /** Of a file. */
  readonly format?: VolumeFormat;
}

const BOSSDB = 'https://api.bossdb.io';
const FILES: readonly (readonly [ending: RegExp, format: VolumeFormat])[] = [
  [/\.npy$/i, 'npy'],
  [/\.npygz$/i, 'npygz'],
  [/\.nii(\.gz)?$/i, 'nifti'],
  [/\.nrrd$/i, 'nrrd'],
  [/\.tiff?$/i, 'tiff'],
  [/\.(h5|hdf5)$/i, 'hdf5'],
];
const EXAMPLE =
  'Type an address such as precomputed://https://host/volume, zarr://https://host/volume.zarr, bossdb://collection/experiment/channel or https://host/volume.nii.gz.';

/** Throws `Invalid` for what is no address, `Unsupported` for plain http and for addresses that name no known kind of volume. */
export function parseAddress(text: string): RemoteAddress {
  const trimmed = text.trim();
  const prefix = /^(precomputed|zarr[23]?|n5|boss|bossdb|file):\/\//.exec(trimmed)?.[1];
  const rest = prefix ? trimmed.slice(prefix.length + 3) : trimmed;
  if (prefix === 'n5' || prefix === 'file') throw refuse('Unsupported', `${prefix}:// addresses are not read here.`);
  if (prefix === 'bossdb' || prefix === 'boss') return bossdb(rest);
  const url = toHttps(rest);
  const { host, pathname } = url;
  const plain = url.href.replace(/\/+$/, '');
  if (prefix) return { kind: prefix === 'precomputed' ? 'precomputed' : 'zarr', url: plain, host };
  if (host === new URL(BOSSDB).host) return bossdb(plain);
  const format = FILES.find(([ending]) => ending.test(pathname))?.[1];
  if (format) return { kind: 'file', url: plain, host, format };
  if (/\.(ome\.)?zarr\/?$/i.test(pathname)) return { kind: 'zarr', url: plain, host };
  if (/\/info\/?$/.test(pathname)) return { kind: 'precomputed', url: plain.replace(/\/info$/, ''), host };
  throw refuse('Unsupported', 'The address does not say what lies there.');
}

function toHttps(text: string): URL {
  const cloud = /^(s3|gs):\/\/([a-z0-9][a-z0-9._-]*)\/?(.*)$/.exec(text);
  const plain = !cloud
    ? text
    : cloud[1] === 's3'
      ? `https://${cloud[2]}.s3.amazonaws.com/${cloud[3]}`
      : `https://storage.googleapis.com/${cloud[2]}/${cloud[3]}`;
  if (!URL.canParse(plain)) throw refuse('Invalid', `“${text.slice(0, 80)}” is no address.`);
  const url = new URL(plain);
  if (url.protocol !== 'https:')
    throw refuse('Unsupported', `Only https addresses are asked; this one begins with ${url.protocol}//.`);
  if (url.username || url.password) throw refuse('Unsupported', 'The address holds a name or a password.');
  url.hash = '';
  return url;
}

/** collection/experiment/channel, or an address of the API that ends so. */
function bossdb(text: string): RemoteAddress {
  const origin = /^https:\/\/[^/]+/.exec(text)?.[0] ?? BOSSDB;
  const parts = text
    .replace(/^https:\/\/[^/]+/, '')
    .split('/')
    .filter((part) => part !== '' && part !== 'v1' && part !== 'latest' && part !== 'cutout');
  const [collection, experiment, channel] = parts;
  if (!collection || !experiment || !channel)
    throw refuse('Invalid', 'A BossDB address names collection, experiment and channel.');
  const names = [collection, experiment, channel].map((part) => encodeURIComponent(decodeURIComponent(part)));
  return { kind: 'bossdb', url: `${origin}/${names.join('/')}`, host: new URL(origin).host };
}

function refuse(tag: 'Invalid' | 'Unsupported', message: string): SomascopeError {
  return new SomascopeError(tag, message, {}, EXAMPLE);
}
