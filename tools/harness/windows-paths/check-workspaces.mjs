// Checks the workspaces of a list and writes all reports into one file. Usage: node check-workspaces.mjs <engine> <list.json> <output>
// The list: [{ root, options, projects }], with absolute paths of the platform that this process simulates.
import { readFile, writeFile } from 'node:fs/promises';

const [engine, list, output] = process.argv.slice(2);
const { normalizeOptions, openRun, projectsIn, renderJson, verify } = await import(engine);

const texts = JSON.parse(await readFile(list, 'utf8')).map(({ root, options, projects }) => {
  try {
    const run = openRun({ root, ...(projects && { projects }) });
    return projectsIn(run)
      .map((project) =>
        renderJson(verify({ run, project, ...(options && { options: normalizeOptions(options) }) })),
      )
      .join('');
  } catch (error) {
    if (error.name !== 'VerifyError') throw error;
    return error.message;
  }
});
await writeFile(output, JSON.stringify(texts));
