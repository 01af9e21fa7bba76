#!/usr/bin/env node
// Stand-in for condor_submit_dag: reads a DAG and its submit descriptions by the rules of the HTCondor manual ("DAGMan", "condor_submit":
// macros, newer syntax of arguments and environment, max_retries and retry_until), and runs the nodes one after the other.
import { readFileSync, openSync, appendFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';

const commands = new Set([
  'universe',
  'executable',
  'transfer_executable',
  'arguments',
  'getenv',
  'environment',
  'should_transfer_files',
  'request_cpus',
  'request_memory',
  'requirements',
  'accounting_group',
  'max_retries',
  'retry_until',
  'periodic_remove',
  'output',
  'error',
  'batch_name',
]);
const fail = text => {
  process.stderr.write(`condor_submit_dag: ${text}\n`);
  process.exit(1);
};

function readDag(path) {
  const nodes = new Map();
  const caps = new Map();
  for (const line of readFileSync(path, 'utf8').trimEnd().split('\n')) {
    const [keyword, name, ...rest] = line.split(' ');
    const node = nodes.get(name);
    if (keyword === 'JOB') nodes.set(name, { file: rest[0], vars: {}, parents: [] });
    else if (keyword === 'VARS' && node) for (const [, key, value] of rest.join(' ').matchAll(/(\w+)="([^"]*)"/g)) node.vars[key] = value;
    else if (keyword === 'CATEGORY' && node) caps.set(rest[0], undefined);
    else if (keyword === 'MAXJOBS' && caps.has(name)) caps.set(name, Number(rest[0]));
    else if (keyword === 'PARENT' && node && rest[0] === 'CHILD' && nodes.has(rest[1])) nodes.get(rest[1]).parents.push(name);
    else fail(`what is "${line}"?`);
  }
  return nodes;
}

function readSubmit(file, vars) {
  const macros = { ...vars, DOLLAR: '$' };
  const expand = text => text.replace(/\$\((\w+)\)/g, (_, name) => macros[name] ?? fail(`${file}: no macro ${name}`));
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  if (lines.pop() !== 'queue') fail(`${file} does not end in queue`);
  const submit = {};
  for (const line of lines) {
    const [, key, value] = /^(\w+) = (.*)$/.exec(line) ?? fail(`${file}: what is "${line}"?`);
    if (!commands.has(key)) fail(`${file}: ${key} was unused by condor_submit`);
    submit[key] = expand(value);
  }
  return submit;
}

// Words of the newer syntax: in double quotes, doubled where meant; blanks within single quotes, which are doubled where meant.
function words(text) {
  if (!/^".*"$/.test(text)) fail(`not the newer syntax: ${text}`);
  const inner = text.slice(1, -1);
  if (/(^|[^"])"("")*([^"]|$)/.test(inner)) fail(`a single " in ${text}`);
  const list = [];
  let word = null;
  let quoted = false;
  const characters = [...inner.replaceAll('""', '"')];
  for (let i = 0; i < characters.length; i++) {
    const c = characters[i];
    if (c === "'" && quoted && characters[i + 1] === "'") { word += c; i++; }
    else if (c === "'") { quoted = !quoted; word ??= ''; }
    else if (c === ' ' && !quoted) { if (word !== null) list.push(word); word = null; }
    else word = (word ?? '') + c;
  }
  if (quoted) fail(`an open ' in ${text}`);
  if (word !== null) list.push(word);
  return list;
}

function run(name, submit) {
  const environment = Object.fromEntries(
    submit.getenv
      .split(', ')
      .filter(key => key in process.env)
      .map(key => [key, process.env[key]]),
  );
  for (const pair of submit.environment ? words(submit.environment) : [])
    environment[pair.split('=')[0]] = pair.slice(pair.indexOf('=') + 1);
  const never = [...submit.retry_until.matchAll(/\(ExitCode =\?= (\d+)\)/g)].map(([, code]) => Number(code));
  for (let attempt = 0; ; attempt++) {
    const { status } = spawnSync(submit.executable, words(submit.arguments), {
      env: { TMPDIR: process.env.TMPDIR ?? '/tmp', STUB: process.env.STUB, ...environment },
      stdio: ['ignore', openSync(submit.output, 'w'), openSync(submit.error, 'w')],
    });
    appendFileSync(`${process.env.STUB}/ran`, `${name} ${status}\n`);
    if (status === 0) return true;
    if (never.includes(status) || attempt >= Number(submit.max_retries)) return false;
  }
}

const nodes = readDag(process.argv[2]);
const done = new Set();
for (const [name, { file, vars, parents }] of nodes) {
  const submit = readSubmit(file, vars);
  if (parents.every(parent => done.has(parent)) && run(name, submit)) done.add(name);
}
process.stdout.write(
  '-----------------------------------------------------------------------\nSubmitting job(s).\n1 job(s) submitted to cluster 42.\n',
);
