// Blosc-1: what other folders may use.
export { decodeBlosc, unpackExactly } from './decode.ts';
export { unpackLz4 } from './lz.ts';
