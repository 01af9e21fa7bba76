// Validates JSON documents against a JSON Schema: one document a line on stdin, one answer a line on stdout,
// "valid" or the errors. Started once by SchemaValidator.cs.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import Ajv2020 from 'ajv/dist/2020.js';

const schema = JSON.parse(readFileSync(process.argv[2], 'utf8'));
// strictRequired and strictTypes want each member declared where it is required: the schema's if/then rules refer to
// members that are declared one level up, as the specification intends
const ajv = new Ajv2020.default({ strict: true, strictRequired: false, strictTypes: false, allErrors: true });
const validate = ajv.compile(schema);

for await (const line of createInterface({ input: process.stdin })) {
  const isValid = validate(JSON.parse(line));
  process.stdout.write((isValid ? 'valid' : ajv.errorsText(validate.errors)) + '\n');
}
