// node decode-odb2.mjs <file> <repeats>: ODB-2 to blocks of columns, all of them.
import { built, inTurn, readInput, report, slices } from './measure.mjs';

const [path, repeats] = process.argv.slice(2);
const { readOdb2 } = await built('sources/odb/odb2.js');
const bytes = readInput(path);
let rows = 0;
let columns = 0;

async function decode() {
  rows = 0;
  const onDamage = ({ reason }) => {
    throw new Error(`damaged: ${reason}`);
  };
  for await (const block of readOdb2(slices(bytes), { path, onDamage })) {
    rows += block.rowCount;
    columns = block.values.length;
  }
}

const seconds = await inTurn(Number(repeats), { decode });
report({ bytes: bytes.length, rows, columns }, seconds);
