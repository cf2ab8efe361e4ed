export const LIMIT: number;
export function findWasm(folder: string): string[];
export function findOpenPages(folder: string): string[];
export function firstLoad(folder: string, page?: string): Map<string, number>;
export function checkDist(folder: string): { faults: string[]; sizes: Map<string, number>; total: number };
