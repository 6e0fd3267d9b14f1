// Reads each file that is named by the parser of editors, and tells every error and warning.
import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";

let wrong = 0;
for (const name of process.argv.slice(2)) {
  for (const document of parseAllDocuments(readFileSync(name, "utf8"))) {
    for (const problem of [...document.errors, ...document.warnings]) {
      console.error(`${name}: ${problem.message}`);
      wrong += 1;
    }
  }
}
console.log(`${process.argv.length - 2} files, ${wrong} problems`);
process.exit(wrong || process.argv.length < 3 ? 1 : 0);
