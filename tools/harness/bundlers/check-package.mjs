/** The report on one package of an example. The library, the application and their shared package are projects. */
export function checkPackage(engine, root, bundler, part) {
  const started = performance.now();
  const projects = [
    { name: 'shared', root: 'shared' },
    ...['lib', 'app'].map((each) => ({
      name: `${bundler}-${each}`,
      root: `${bundler}/${each}`,
      outputs: [`${bundler}/${each}/dist`],
    })),
  ];
  const run = engine.openRun({ root, projects });
  const report = engine.verify({ run, project: `${bundler}-${part}` });
  return { report, milliseconds: performance.now() - started };
}

/** The findings and problems as `code file`, to compare them. */
export function reported({ findings, problems }) {
  return [...findings.map(({ code, file }) => `${code} ${file}`), ...problems.map(({ message }) => message)];
}
