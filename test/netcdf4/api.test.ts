import { describe, expect, it } from 'vitest';
import * as netcdf4 from '../../src/netcdf4/index.js';
import { temporaryFolder } from './oracle.js';

const at = temporaryFolder();

describe('the public interface', () => {
  it('is these functions and these handles', async () => {
    const file = await netcdf4.createNetcdf(at('api.nc'));
    const dimension = file.root.dimension('x', 1);
    const variable = file.root.variable('v', 'int', [dimension]);
    expect({
      exports: Object.keys(netcdf4).sort(),
      file: Object.keys(file).sort(),
      group: Object.keys(file.root).sort(),
      variable: Object.keys(variable).sort(),
    }).toMatchInlineSnapshot(`
      {
        "exports": [
          "byCode",
          "checkStructure",
          "counted",
          "createCodes",
          "createNetcdf",
          "inRuns",
          "openNetcdf",
          "prepareGroups",
        ],
        "file": [
          "abort",
          "close",
          "include",
          "path",
          "publish",
          "ready",
          "root",
          "seal",
          "temporaryPath",
        ],
        "group": [
          "attribute",
          "dimension",
          "group",
          "path",
          "variable",
        ],
        "variable": [
          "append",
          "attribute",
          "name",
          "rows",
        ],
      }
    `);
    expect(dimension).toMatchObject({ name: 'x', length: 1 });
    await file.abort();
  });
});
