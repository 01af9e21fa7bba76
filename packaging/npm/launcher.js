#!/usr/bin/env node
// Runs the helios of the package for this platform, which npm has installed as an optional dependency.
'use strict';
const { spawn } = require('node:child_process');
const { constants } = require('node:os');
const { join } = require('node:path');
const { isatty } = require('node:tty');

const platform = `${process.platform}-${process.arch}`;

function findBinary() {
  const name = `helios-render-${platform}`;
  try {
    return join(require.resolve(`${name}/package.json`), '..', 'bin', process.platform === 'win32' ? 'helios.exe' : 'helios');
  } catch {
    const platforms = Object.keys(require('../package.json').optionalDependencies).map(other => other.slice('helios-render-'.length));
    const fix = platforms.includes(platform)
      ? `install again without --omit=optional or --no-optional`
      : `there are packages for ${platforms.join(', ')}; elsewhere use a container`;
    console.error(`helios: the package ${name} is not installed; ${fix}`);
    process.exit(69);
  }
}

// A terminal signals its whole process group with SIGINT, a scheduler this process alone.
const isOfTerminal = isatty(0);
// Registered before the spawn, so that none ends node alone.
for (const signal of isOfTerminal ? ['SIGTERM', 'SIGHUP'] : ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => child.kill(signal));
const child = spawn(findBinary(), process.argv.slice(2), { stdio: 'inherit', windowsHide: true });
if (isOfTerminal) process.on('SIGINT', () => {});
child.on('error', error => {
  console.error(`helios: ${error.message}`);
  process.exit(69);
});
child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
