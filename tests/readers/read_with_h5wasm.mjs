// Opens a sample results file with h5wasm, HDF5 for the browser, and compares values, attributes
// and dimensions.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import h5wasm from "h5wasm/node";

const [path, expectations] = process.argv.slice(2);
await h5wasm.ready;
const file = new h5wasm.File(path, "r");

const expected = new Map(); // values by variable, and texts by variable@attribute
for (const line of readFileSync(expectations, "utf8").trimEnd().split("\n")) {
  const [name, text] = line.split("\t");
  if (!expected.has(name)) expected.set(name, []);
  expected.get(name).push(text.replaceAll("\\n", "\n"));
}

// A number as it is expected: integers of 64 bits as such, others to the last bit.
const numberLike = (found, text) => (typeof found === "bigint" ? BigInt(text) : Number(text));

let variables = 0;
let attributes = 0;
for (const [name, texts] of expected) {
  if (name.includes("@")) {
    const [variable, attribute] = name.split("@");
    const found = file.get(variable === "" ? "/" : variable).attrs[attribute].value;
    assert.equal(String(found), texts[0], name);
    ++attributes;
    continue;
  }
  const value = file.get(name).value;
  const found = typeof value === "string" ? [value] : Array.from(value);
  assert.equal(found.length, texts.length, `${name} has another length`);
  found.forEach((one, i) =>
    assert.ok(Object.is(one, typeof one === "string" ? texts[i] : numberLike(one, texts[i])),
              `${name}: found ${one} and not ${texts[i]} at ${i}`));
  ++variables;
}

const gps = file.get("gps");
const lengths = ["strategy", "replication", "month"].map((name) => expected.get(name).length);
assert.deepEqual(gps.shape, lengths);
console.log(`values of ${variables} variables and ${attributes} attributes are right`);
assert.ok(variables > 80 && attributes > 200);
file.close();
