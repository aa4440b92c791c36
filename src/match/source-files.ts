/** Rows of source_configuration: one per input file of the station. */
import type { SourceDescriptor } from '../records/descriptor.js';
import { arrayText, type ColumnValues, type TableData } from './table-data.js';

/** Identity of an input file: base name, size in bytes and sha256 of the file as it lies on disk. */
export interface SourceFileIdentity {
  name: string;
  bytes: number;
  sha256: string;
  /** Code of the CDM table `source_format`, where it is not that of the descriptor. */
  sourceFormat?: number;
}

/** `<dataset>-<n>`: the id under which the n-th input file (0-based) is referred to, equally wide for all of `count` files. */
export function sourceId(dataset: string, index: number, count: number): string {
  return `${dataset}-${String(index + 1).padStart(String(count).length, '0')}`;
}

export function sourceConfiguration(
  descriptor: SourceDescriptor,
  files: readonly SourceFileIdentity[],
  uri: string,
): TableData {
  const columns: [string, ColumnValues][] = [
    ['source_id', files.map((_, i) => sourceId(descriptor.id, i, files.length))],
    ['product_id', descriptor.id],
    ['product_name', descriptor.title],
    ['product_version', descriptor.productVersion],
    ['product_uri', uri],
    ['description', descriptor.summary],
    ['product_references', arrayText(descriptor.references)],
    ['product_citation', arrayText([descriptor.citation])],
    ['source_format', files.map((file) => file.sourceFormat ?? descriptor.sourceFormat)],
    ['source_format_version', descriptor.sourceFormatVersion],
    ['source_file', files.map((file) => file.name)],
    ['source_file_checksum', files.map((file) => `sha256:${file.sha256}`)],
    ['data_policy_licence', descriptor.dataPolicyLicence],
    ['comments', files.map((file) => `${file.bytes} bytes`)],
    ['optional_data', 0],
  ];
  return { rows: files.length, columns: new Map(columns) };
}
