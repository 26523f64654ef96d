#!/usr/bin/env node
// The command of the engine, for package managers that link only the commands of direct dependencies.
void import('@verify-exports/engine/cli')
  .then(({ main }) => main(process.argv.slice(2)))
  .then((status) => (process.exitCode = status));
