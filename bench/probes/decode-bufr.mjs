// node decode-bufr.mjs <file> <repeats>: every message of a file, decoded.
import { built, inTurn, readInput, report, slices } from './measure.mjs';

const [path, repeats] = process.argv.slice(2);
const { createDecoder } = await built('sources/bufr/decode.js');
const { scanMessages } = await built('sources/bufr/message.js');
const { loadTables } = await built('sources/bufr/tables.js');
const decoder = createDecoder(await loadTables());
const bytes = readInput(path);
let messages = 0;

async function decode() {
  messages = 0;
  const onDamage = ({ reason }) => {
    throw new Error(`damaged: ${reason}`);
  };
  for await (const { bytes: message } of scanMessages(slices(bytes), { path, onDamage })) {
    decoder.decode(message);
    messages++;
  }
}

const seconds = await inTurn(Number(repeats), { decode });
report({ bytes: bytes.length, messages }, seconds);
