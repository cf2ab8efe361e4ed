// Probes and parameters in files beside a recording: what other folders may use.
export { readGeometryTable } from './geometry-table.ts';
export { type JsonParameters, readParametersJson } from './parameters-json.ts';
export { readProbeInterface } from './probeinterface.ts';
