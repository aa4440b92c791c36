/** What rows say of their levels: which kind of height the coordinate is, and what the source says of the level. */
import { INT_MISSING } from '../match/index.js';
import { Z_TYPE } from '../records/variables.js';
import type { FileView } from './file-view.js';
import { SIGNIFICANCE_LIMITS } from './ranges.js';
import { intsOf, type RowBlock } from './row-blocks.js';

const TABLE = 'observations_table';

/** Heights and geopotentials say which kind they are, nothing else does. Files of versions without these columns are not looked at. */
export function createRowLevels({ findings }: FileView): (block: RowBlock) => void {
  const [lowest, highest] = SIGNIFICANCE_LIMITS;
  return (block) => {
    const types = intsOf(block, 'z_coordinate_type');
    const methods = intsOf(block, 'z_coordinate_method');
    const significance = intsOf(block, 'level_significance');
    if (types === undefined || methods === undefined || significance === undefined) return;
    for (let i = 0; i < block.rows; i++) {
      const isHeight = types[i] === Z_TYPE.height || types[i] === Z_TYPE.geopotential;
      const hasMethod = methods[i] !== INT_MISSING;
      if (isHeight !== hasMethod)
        findings.add(
          'coordinate',
          { table: TABLE, variable: 'z_coordinate_method', row: block.firstRow + i },
          () =>
            isHeight
              ? 'nothing says which kind of height the coordinate is'
              : `${methods[i]} beside a coordinate that is no height`,
        );
      const bits = significance[i] as number;
      if (bits !== INT_MISSING && !(bits >= lowest && bits <= highest))
        findings.add(
          'range',
          { table: TABLE, variable: 'level_significance', row: block.firstRow + i },
          () => `${bits} is not within 18 bits`,
        );
    }
  };
}
