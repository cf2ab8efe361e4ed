// phy's tables of clusters: cluster_<field>.tsv, the older cluster_<field>.csv (tabs all the same), and cluster_info.tsv. The first
// column is the cluster's number. phy names a field after its column; the column of cluster_group(s) is the group, whatever it says.
import type { UnitField } from '../../base/sorting.ts';
import { parseCsv } from '../csv.ts';

export interface ClusterTable {
  readonly file: string;
  /** Cluster → text, a column each. */
  readonly fields: readonly { readonly name: string; readonly values: ReadonlyMap<number, string> }[];
}

export const CLUSTER_TABLE = /^cluster_(\w+)\.(tsv|csv)$/i;

/** Rows whose first cell is no whole number are left out. */
export function parseClusterTable(text: string, file: string): ClusterTable {
  const { columns, rows } = parseCsv(text);
  const isGroup = /^cluster_groups?\./i.test(file);
  const fields = columns.slice(1).map((column, i) => {
    const values = new Map<number, string>();
    for (const row of rows) {
      const id = Number(row[0]);
      const cell = row[i + 1];
      if (Number.isInteger(id) && row[0]!.trim() !== '' && cell !== undefined && cell !== '') values.set(id, cell.trim());
    }
    return { name: isGroup && i === 0 ? 'group' : column, values };
  });
  return { file, fields };
}

/** The fields in the order of `unitIds`; of two tables with the same field the former counts. Notices tell of clusters without spikes. */
export function fieldsOf(tables: readonly ClusterTable[], unitIds: Int32Array): { fields: UnitField[]; notices: string[] } {
  const known = new Set(unitIds);
  const fields = new Map<string, UnitField>();
  const notices: string[] = [];
  for (const table of tables) {
    const strange = new Set(table.fields.flatMap(({ values }) => [...values.keys()].filter((id) => !known.has(id))));
    if (strange.size > 0) {
      const [first] = strange;
      const more = strange.size > 1 ? ` and ${strange.size - 1} more` : '';
      notices.push(
        `${table.file} labels cluster ${first}${more}, which ${strange.size > 1 ? 'have' : 'has'} no spikes. These labels are left out; drop the spike_clusters.npy that was saved with them.`,
      );
    }
    for (const { name, values } of table.fields) {
      if (!fields.has(name)) fields.set(name, { name, values: Array.from(unitIds, (id) => values.get(id)) });
    }
  }
  return { fields: [...fields.values()], notices };
}
