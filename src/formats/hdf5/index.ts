// The HDF5 format: what other folders may use.
export { openHdf5 } from './open.ts';
