// The zarr format: what other folders may use.
export { openZarr } from './open.ts';
